import { panelCommands, slotActionCommands } from './action-commands';
import type { Command, CommandContext, CommandSource } from './command';
import { pageCommands } from './page-commands';
import { queueCommands } from './queue-commands';
import { recentRunCommands, scriptCommands } from './run-commands';
import { slotCommands, tabCommands } from './slot-commands';

/** Everything that the palette offers, in the order in which it stands there while nothing is typed. */
export const commandSources: readonly CommandSource[] = [
  slotActionCommands,
  slotCommands,
  tabCommands,
  pageCommands,
  queueCommands,
  scriptCommands,
  recentRunCommands,
  panelCommands,
];

/** The commands that there are at this moment. */
export function allCommands(context: CommandContext): Command[] {
  return commandSources.flatMap((source) => source(context));
}

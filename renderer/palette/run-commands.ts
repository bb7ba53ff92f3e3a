import type { SlotId } from '../../shared/domain/ids';
import { isActive, runStateWord, scriptName } from '../../shared/domain/run';
import { formatAgo } from '../components/time-text';
import { openRun } from '../history/run-actions';
import { joinCommandLine } from '../run/command-line';
import { fillInScript } from '../run/run-form-store';
import { openSlotTab } from '../slot/open-slot-tab';
import { reportUnexpected } from '../stores/notice-store';
import { lockRefusal, type CommandSource } from './command';

/** Puts a script of the shown slot into its Run tab; nothing is started. */
export const scriptCommands: CommandSource = ({ panel, slot, scripts }) =>
  slot === null
    ? []
    : scripts.map((script) => ({
        id: `script ${script.path}`,
        group: 'Scripts',
        title: `Fill in ${script.name}`,
        detail: `on ${slot.id}, from ${script.folder}`,
        refusal: lockRefusal(panel),
        act: () => {
          fillIn(slot.id, script.path).catch(reportUnexpected(`Filling in ${script.name}`));
        },
      }));

/** Shows the form once it holds the script, not with what stood there before. */
async function fillIn(slot: SlotId, script: string): Promise<void> {
  await fillInScript(slot, script);
  openSlotTab(slot, 'run');
}

/** The newest runs of all slots: opens their logs. */
export const recentRunCommands: CommandSource = ({ panel, recentRuns, now }) => {
  const configured = new Set(panel.crates.flatMap((crate) => crate.slots.map((slot) => slot.id)));
  return recentRuns.map((run) => ({
    id: `run ${run.id}`,
    group: 'Recent runs',
    title: `${scriptName(run.script)} on ${run.slot}`,
    detail: [
      isActive(run) ? 'running' : runStateWord(run),
      formatAgo(now - run.requestedAt),
      joinCommandLine(run.args),
    ]
      .filter((part) => part !== '')
      .join(', '),
    refusal: configured.has(run.slot)
      ? null
      : `${run.slot} is not in crates.yaml any more, so the run has no page. History has it.`,
    act: () => {
      openRun(run);
    },
  }));
};

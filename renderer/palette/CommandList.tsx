// A list's own elements take the focus themselves and hold plain text only.
/* oxlint-disable jsx-a11y/prefer-tag-over-role */
import { useEffect, type ReactElement } from 'react';
import type { Command } from './command';
import classes from './Palette.module.css';

interface CommandListProps {
  readonly id: string;
  readonly commands: readonly Command[];
  /** The one that Enter does. */
  readonly current: Command | undefined;
  /** Whether the headings are shown: what was found by typing stands in the order in which it fits. */
  readonly grouped: boolean;
  readonly optionId: (command: Command) => string;
  readonly onAct: (command: Command) => void;
}

/** Commands to choose from. The focus stays in the field above, which moves the choice. */
export function CommandList(props: CommandListProps): ReactElement {
  const { id, commands, current, grouped, optionId, onAct } = props;
  const currentId = current === undefined ? '' : optionId(current);
  useEffect(() => document.getElementById(currentId)?.scrollIntoView({ block: 'nearest' }), [currentId]);
  return (
    <div id={id} role="listbox" aria-label="Commands" className={classes.list}>
      {commands.map((command, index) => (
        // The keys are the field's. The field keeps the focus when a row is pressed.
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
        <div
          key={command.id}
          id={optionId(command)}
          role="option"
          aria-selected={command === current}
          aria-disabled={command.refusal !== null}
          className={classes.command}
          data-first={grouped && index > 0 && commands[index - 1]?.group !== command.group}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onAct(command)}
        >
          <span className={classes.group}>
            {grouped && commands[index - 1]?.group === command.group ? '' : command.group}
          </span>
          <span className={classes.title}>{command.title}</span>
          <span className={classes.detail}>{command.refusal ?? command.detail}</span>
          <span className={classes.keys}>
            {(command.keys ?? []).map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </span>
        </div>
      ))}
    </div>
  );
}

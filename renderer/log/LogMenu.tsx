import { Button, Menu } from '@mantine/core';
import { Copy, FileDown, Rows3, TextCursorInput } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Run } from '../../shared/domain/run';
import type { LogRange } from '../../shared/ipc/calls/log-calls';
import { reportUnexpected } from '../stores/notice-store';
import { saveLogLines, type SaveForm } from './log-transfer';

interface LogMenuProps {
  readonly run: Run;
  /** The selected lines; null for none. */
  readonly selected: LogRange | null;
  /** All lines that a filter lets show; null where there is no filter. */
  readonly shown: LogRange | null;
  readonly onCopy: () => void;
  readonly onGoTo: () => void;
  readonly onDetail: () => void;
}

/** What can be done with the lines of a log. */
export function LogMenu({ run, selected, shown, onCopy, onGoTo, onDetail }: LogMenuProps): ReactElement {
  const save = (range: LogRange | null, form: SaveForm) => () => {
    saveLogLines(run, range, form).catch(reportUnexpected('Saving'));
  };
  const saveIcon = <FileDown size={14} aria-hidden="true" />;
  return (
    <Menu position="bottom-end" width={250} withinPortal={false}>
      <Menu.Target>
        <Button size="compact-xs">Lines…</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Selected lines</Menu.Label>
        <Menu.Item
          leftSection={<Copy size={14} aria-hidden="true" />}
          rightSection="Ctrl+C"
          disabled={selected === null}
          onClick={onCopy}
        >
          Copy
        </Menu.Item>
        <Menu.Item leftSection={saveIcon} disabled={selected === null} onClick={save(selected, 'shown')}>
          Save as shown…
        </Menu.Item>
        <Menu.Item leftSection={saveIcon} disabled={selected === null} onClick={save(selected, 'raw')}>
          Save byte for byte…
        </Menu.Item>
        <Menu.Item
          leftSection={<Rows3 size={14} aria-hidden="true" />}
          rightSection="Enter"
          disabled={selected === null}
          onClick={onDetail}
        >
          Show the line’s details
        </Menu.Item>
        {shown === null ? null : (
          <>
            <Menu.Label>Lines that show</Menu.Label>
            <Menu.Item leftSection={saveIcon} onClick={save(shown, 'shown')}>
              Save all that show…
            </Menu.Item>
          </>
        )}
        <Menu.Label>Whole log</Menu.Label>
        <Menu.Item leftSection={saveIcon} onClick={save(null, 'raw')}>
          Save the log byte for byte…
        </Menu.Item>
        <Menu.Item leftSection={saveIcon} onClick={save(null, 'shown')}>
          Save the log as shown…
        </Menu.Item>
        <Menu.Item
          leftSection={<TextCursorInput size={14} aria-hidden="true" />}
          rightSection="Ctrl+G"
          onClick={onGoTo}
        >
          Go to line…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

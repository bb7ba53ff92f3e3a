// The virtualizer's functions change without changing their identity, which only the React Compiler (not used) minds.
/* oxlint-disable react/incompatible-library */
import { Button } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState, type ReactElement } from 'react';
import type { Session } from '../../shared/domain/session';
import { stringifyPythonJson } from '../../shared/python-json';
import { call } from '../bridge';
import { copyText } from '../components/clipboard';
import { formatJsonText } from '../messages/json-text';
import { addNotice, reportUnexpected } from '../stores/notice-store';
import classes from './SessionPane.module.css';

/** Characters up to which the text is broken into lines for reading; beyond it a key stands on a line. */
const formattedLength = 3_000_000;

/** Characters of a line that are drawn. */
const lineLength = 4000;

const lineHeight = 18;

interface RawJsonProps {
  readonly session: Session;
  /** What leads back to the tree. */
  readonly toggle: ReactElement;
}

/** A session's data as JSON, as it stood when it was asked for; to copy and to save. */
export function RawJson({ session, toggle }: RawJsonProps): ReactElement {
  const [taken, setTaken] = useState(session);
  const view = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => jsonLines(taken.data), [taken.data]);
  const width = useMemo(() => widestOf(lines), [lines]);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => view.current,
    estimateSize: () => lineHeight,
    overscan: 10,
  });
  const copy = (): void => {
    copyText('The session data', lines.join('\n')).catch(reportUnexpected('Copying'));
  };
  const save = async (): Promise<void> => {
    const reply = await call('session.save', { run: session.run });
    if (!reply.ok) addNotice('error', `The session data was not saved. ${reply.error.message}`);
    else if (reply.value.path !== null) addNotice('info', `Session data saved as ${reply.value.path}.`);
  };
  return (
    <>
      <div className={classes.tools}>
        {taken.data === session.data ? null : (
          <Button
            size="compact-xs"
            title="The data has changed since this was written"
            onClick={() => setTaken(session)}
          >
            Show newest
          </Button>
        )}
        <span className={classes.space} />
        <Button size="compact-xs" onClick={copy}>
          Copy JSON
        </Button>
        <Button size="compact-xs" onClick={() => void save().catch(reportUnexpected('Saving'))}>
          Save JSON…
        </Button>
        {toggle}
      </div>
      {/* What scrolls has to be reachable by keyboard. */}
      {/* oxlint-disable jsx-a11y/no-noninteractive-tabindex */}
      <section ref={view} className={classes.raw} aria-label="JSON" tabIndex={0}>
        {/* oxlint-enable jsx-a11y/no-noninteractive-tabindex */}
        <div
          className={classes.rawLines}
          style={{ height: virtualizer.getTotalSize(), minWidth: `${width + 2}ch` }}
        >
          {virtualizer.getVirtualItems().map((item) => (
            <pre key={item.index} style={{ transform: `translateY(${item.start}px)` }}>
              {cut(lines[item.index] ?? '')}
            </pre>
          ))}
        </div>
      </section>
    </>
  );
}

function jsonLines(data: Session['data']): readonly string[] {
  const text = stringifyPythonJson(data);
  if (text.length <= formattedLength) return formatJsonText(text).split('\n');
  const keys = Object.keys(data);
  const lines = keys.map(
    (key, index) =>
      `  ${stringifyPythonJson(key)}: ${stringifyPythonJson(data[key] ?? null)}${index < keys.length - 1 ? ',' : ''}`,
  );
  return ['{', ...lines, '}'];
}

/** Characters of the widest line as it is drawn. */
function widestOf(lines: readonly string[]): number {
  const widest = lines.reduce((most, { length }) => Math.max(most, length), 0);
  return Math.min(lineLength, widest);
}

function cut(line: string): string {
  return line.length > lineLength ? `${line.slice(0, lineLength)} … cut; copy or save it to see all` : line;
}

import { ActionIcon, Button } from '@mantine/core';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useMemo, useState, type ReactElement } from 'react';
import type { Run } from '../../shared/domain/run';
import type { LogLineDetail } from '../../shared/ipc/calls/log-calls';
import { parseSgr } from '../../shared/terminal-line';
import { call } from '../bridge';
import { Banner } from '../components/Banner';
import { CloseButton } from '../components/DetailPane';
import { Space } from '../components/ListPane';
import { countOf, formatCount, formatElapsed } from '../components/time-text';
import { useAnswer } from '../components/use-answer';
import { sgrStyle } from './sgr-style';
import classes from './LineDetail.module.css';

interface LineDetailProps {
  readonly run: Run;
  /** From 0. */
  readonly line: number;
  /** Bytes of the log where this is its last line, which is read again when they change; else 0. */
  readonly bytes: number;
  readonly onCopy: () => void;
  /** Shows the line among all lines; null where they all show. */
  readonly onShowInWhole: (() => void) | null;
  readonly onClose: () => void;
}

/** One line as it stands in the log, however long: nothing overwritten, wrapped, in parts of 64 KiB. */
export function LineDetail(props: LineDetailProps): ReactElement {
  const { run, line, bytes, onCopy, onShowInWhole, onClose } = props;
  const [place, setPlace] = useState({ line, part: 0 });
  const part = place.line === line ? place.part : 0;
  // What was read of a line stays until its next part is there, or more of it where it grows.
  const answer = useAnswer(
    line,
    () => call('log.line', { run: run.id, line, part }),
    `part ${part} of ${bytes} bytes`,
  );
  const detail = answer.state === 'answered' ? answer.value : null;
  return (
    <section className={classes.detail} aria-label={`Line ${formatCount(line + 1)}`}>
      <div className={classes.head}>
        <strong>Line {formatCount(line + 1)}</strong>
        {detail === null ? null : <Facts detail={detail} run={run} />}
        <Space />
        {detail === null || detail.parts === 1 ? null : (
          <Parts detail={detail} onPart={(next) => setPlace({ line, part: next })} />
        )}
        {onShowInWhole === null ? null : (
          <Button size="compact-xs" onClick={onShowInWhole}>
            Show in whole log
          </Button>
        )}
        <Button size="compact-xs" onClick={onCopy}>
          Copy line
        </Button>
        <CloseButton label="Close the line" onClick={onClose} />
      </div>
      {answer.state === 'failed' ? (
        <Banner tone="error" live="alert">
          This line could not be read. {answer.message}
        </Banner>
      ) : null}
      {/* What scrolls has to be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section className={classes.text} aria-label="Text of the line" tabIndex={0}>
        <pre>{detail === null ? null : <WholeText text={detail.text} />}</pre>
      </section>
    </section>
  );
}

function Facts({ detail, run }: { readonly detail: LogLineDetail; readonly run: Run }): ReactElement {
  const { time } = detail;
  const since = time === null || run.startedAt === null ? null : Math.max(0, time - run.startedAt);
  return (
    <>
      <span>{detail.stream === 2 ? 'stderr' : 'stdout'}</span>
      <span>
        {time === null
          ? 'time not known'
          : `${new Date(time).toISOString().slice(0, 23).replace('T', ' ')} UTC`}
      </span>
      {since === null ? null : <span>+{formatElapsed(since)}</span>}
      <span>{countOf(detail.bytes, 'byte')}</span>
    </>
  );
}

function Parts({
  detail,
  onPart,
}: {
  readonly detail: LogLineDetail;
  readonly onPart: (part: number) => void;
}): ReactElement {
  const { part, parts } = detail;
  return (
    <span className={classes.parts}>
      <ActionIcon
        size={22}
        variant="subtle"
        aria-label="Previous part of the line"
        disabled={part === 0}
        onClick={() => onPart(part - 1)}
      >
        <ChevronLeft size={14} aria-hidden="true" />
      </ActionIcon>
      <output aria-label="Part of the line">
        part {formatCount(part + 1)} of {formatCount(parts)}
      </output>
      <ActionIcon
        size={22}
        variant="subtle"
        aria-label="Next part of the line"
        disabled={part === parts - 1}
        onClick={() => onPart(part + 1)}
      >
        <ChevronRight size={14} aria-hidden="true" />
      </ActionIcon>
    </span>
  );
}

/** The text with its colours; each state that a carriage return began stands on a line of its own. */
function WholeText({ text }: { readonly text: string }): ReactElement {
  const parts = useMemo(() => drawnText(text), [text]);
  return <>{parts}</>;
}

function drawnText(text: string): ReactElement[] {
  let column = 0;
  return parseSgr(text).map(({ text: shown, style }) => {
    const key = column;
    column += shown.length;
    return (
      <span key={key} style={sgrStyle(style) ?? undefined}>
        {shown.replaceAll('␍', '␍\n')}
      </span>
    );
  });
}

import type { ReactElement } from 'react';
import type { FileId } from '../../shared/domain/registered-file';
import { call } from '../bridge';
import { Banner } from '../components/Banner';
import { EmptyState } from '../components/EmptyState';
import { formatBytes } from '../components/time-text';
import { useAnswer } from '../components/use-answer';
import classes from './FileViewer.module.css';

/** The beginning of a text. */
export function TextView({ name, file }: { readonly name: string; readonly file: FileId }): ReactElement {
  const answer = useAnswer(file, () => call('files.text', { file }));
  if (answer.state === 'waiting') return <EmptyState title="Reading the file…" />;
  if (answer.state === 'failed')
    return <EmptyState title={`${name} cannot be read`}>{answer.message}</EmptyState>;
  const { text, encoding, shown, size } = answer.value;
  const isCut = size > shown;
  return (
    <>
      {isCut ? (
        <Banner tone="info">
          The first {formatBytes(shown)} of {formatBytes(size)} are shown.
        </Banner>
      ) : null}
      {/* What scrolls has to be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section className={classes.scroll} aria-label={`Text of ${name}`} tabIndex={0}>
        <pre>{text}</pre>
        <p className={classes.hint}>{encoding}</p>
      </section>
    </>
  );
}

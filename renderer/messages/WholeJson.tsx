import { useMemo, type ReactElement } from 'react';
import { Banner } from '../components/Banner';
import type { Answer } from '../components/use-answer';
import { formatJsonText } from './json-text';
import classes from './WholeJson.module.css';

interface WholeJsonProps {
  readonly label: string;
  /** What was asked for, as it is called in a sentence. */
  readonly name: string;
  readonly answer: Answer<{ readonly text: string }>;
}

/** JSON as it was published, laid out for reading; or why it is not there. */
export function WholeJson({ label, name, answer }: WholeJsonProps): ReactElement {
  const text = answer.state === 'answered' ? answer.value.text : null;
  const formatted = useMemo(() => (text === null ? null : formatJsonText(text)), [text]);
  return (
    <>
      {answer.state === 'failed' ? (
        <Banner tone="error" live="alert">
          This {name} could not be read. {answer.message}
        </Banner>
      ) : null}
      {/* What scrolls has to be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section className={classes.text} aria-label={label} tabIndex={0}>
        <pre>{formatted}</pre>
      </section>
    </>
  );
}

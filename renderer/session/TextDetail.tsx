import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import type { Session } from '../../shared/domain/session';
import { copyText } from '../components/clipboard';
import { CloseButton } from '../components/DetailPane';
import { countOf } from '../components/time-text';
import { reportUnexpected } from '../stores/notice-store';
import type { JsonPath } from './json-tree';
import { pythonPath } from './python-path';
import classes from './SessionPane.module.css';
import { valueAt } from './tree-unfold';

/** Characters of a text that are drawn; copying takes all. */
const mostCharacters = 100_000;

interface TextDetailProps {
  readonly data: Session['data'];
  readonly path: JsonPath;
  readonly onClose: () => void;
}

/** A long text of the session's data, whole and current. */
export function TextDetail({ data, path, onClose }: TextDetailProps): ReactElement {
  const value = valueAt(data, path);
  const text = typeof value === 'string' ? value : null;
  const name = pythonPath(path);
  const copy = (): void => {
    if (text !== null) copyText(`The text of ${name}`, text).catch(reportUnexpected('Copying'));
  };
  return (
    <section className={classes.detail} aria-label="Whole text">
      <div className={classes.detailHead}>
        <span className={classes.detailName} title={name}>
          {name}
        </span>
        <span className={classes.count}>{text === null ? '' : countOf(text.length, 'character')}</span>
        <Button size="compact-xs" disabled={text === null} onClick={copy}>
          Copy text
        </Button>
        <CloseButton label="Close the text" onClick={onClose} />
      </div>
      {/* What scrolls has to be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={classes.longText} tabIndex={0}>
        {text === null ? 'This value is no text any more.' : text.slice(0, mostCharacters)}
      </pre>
      {text !== null && text.length > mostCharacters ? (
        <p className={classes.note}>
          The first {countOf(mostCharacters, 'character')} are shown. Copy text takes all of them.
        </p>
      ) : null}
    </section>
  );
}

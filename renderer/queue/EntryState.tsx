import type { ReactElement } from 'react';
import { entryWord, type QueueEntry } from '../../shared/domain/queue';
import { StateGlyph } from '../components/StateGlyph';
import classes from './QueueRows.module.css';
import { entryGlyph } from './queue-text';

/** An entry's state: its shape with its word beside it. */
export function EntryState({ entry }: { readonly entry: QueueEntry }): ReactElement {
  const word = entryWord(entry);
  return (
    <span className={classes.state}>
      <StateGlyph state={entryGlyph(word)} />
      {word}
    </span>
  );
}

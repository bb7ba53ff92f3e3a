import { Textarea } from '@mantine/core';
import { useEffect, useState, type KeyboardEvent, type ReactElement } from 'react';
import { longestNote, type RunMark } from '../../shared/domain/history';
import classes from './History.module.css';
import { beginNote, isRefusedByLock, keepTyped, typeNote, useNoteStore, type UnkeptNote } from './note-store';

/** The operator's note on a run, kept as it is typed. Draw it with the run's id as its key. */
export function NoteEditor({ mark }: { readonly mark: RunMark }): ReactElement {
  const unkept = useNoteStore((store) => store.unkept[mark.run]) ?? null;
  // What could not be kept when the editor was left stands here again.
  const [text, setText] = useState(unkept?.text ?? mark.note);
  useEffect(() => beginNote(mark.run), [mark.run]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    // Elsewhere these keys start a script.
    event.stopPropagation();
    keepTyped(mark.run);
  };
  const fault = unkept === null ? null : faultText(unkept);
  return (
    <div className={classes.note}>
      <Textarea
        label="Note"
        placeholder="What the next operator should know of this run"
        value={text}
        maxLength={longestNote}
        rows={4}
        resize="vertical"
        size="xs"
        error={fault}
        onChange={(event) => {
          setText(event.currentTarget.value);
          typeNote(mark, event.currentTarget.value);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => keepTyped(mark.run)}
      />
      <output className={classes.noteState} aria-label="Note state">
        {unkept === null ? (text === '' ? '' : 'Saved') : fault === null ? 'Saving…' : ''}
      </output>
    </div>
  );
}

/** Why a note was not kept, and when it is tried again; null while that is not known. */
function faultText(note: UnkeptNote): string | null {
  if (typeof note.keeping !== 'object') return null;
  const again = isRefusedByLock(note) ? 'once they are unlocked' : 'as you type on';
  return `Not kept: ${note.keeping.fault} It is tried again ${again}.`;
}

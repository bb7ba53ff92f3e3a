import { Textarea } from '@mantine/core';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import { errorText } from '../../shared/error-text';
import { longestNote, type RunMark } from '../../shared/domain/history';
import { call } from '../bridge';
import { addNotice } from '../stores/notice-store';
import { showMark } from './history-store';
import classes from './History.module.css';

/** Milliseconds that typing rests before the note is kept. */
const typingRest = 400;

type Saving = 'saved' | 'typing' | 'saving' | { readonly fault: string };

/** The operator's note on a run, kept as it is typed. Draw it with the run's id as its key. */
export function NoteEditor({ mark }: { readonly mark: RunMark }): ReactElement {
  const [text, setText] = useState(mark.note);
  const [saving, setSaving] = useState<Saving>('saved');
  const waiting = useRef<{ timer: ReturnType<typeof setTimeout>; text: string } | null>(null);
  const save = (note: string): void => {
    if (waiting.current !== null) clearTimeout(waiting.current.timer);
    waiting.current = null;
    setSaving('saving');
    keepNote(mark, note).then(
      // Typed on meanwhile: the next one says when all is kept.
      (fault) => setSaving((now) => (now === 'typing' ? now : fault === null ? 'saved' : { fault })),
      (error: unknown) => setSaving({ fault: errorText(error) }),
    );
  };
  const saveLater = (note: string): void => {
    if (waiting.current !== null) clearTimeout(waiting.current.timer);
    waiting.current = { text: note, timer: setTimeout(() => save(note), typingRest) };
    setSaving('typing');
  };
  const saveNow = (): void => {
    if (waiting.current !== null) save(waiting.current.text);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    // Elsewhere these keys start a script.
    event.stopPropagation();
    saveNow();
  };
  const leave = useRef<() => void>(() => undefined);
  useEffect(() => {
    leave.current = () => {
      const last = waiting.current;
      if (last === null) return;
      clearTimeout(last.timer);
      waiting.current = null;
      // The editor is gone: what could not be kept is said in a notice, with the text, so that it is not lost.
      const lost = (why: string): void =>
        addNotice('error', `The note on run ${mark.run} could not be kept (${why}): ${last.text}`);
      keepNote(mark, last.text).then(
        (fault) => {
          if (fault !== null) lost(fault);
        },
        (error: unknown) => lost(errorText(error)),
      );
    };
  });
  useEffect(() => () => leave.current(), []);
  useEffect(() => {
    const onLeave = (): void => leave.current();
    window.addEventListener('beforeunload', onLeave);
    return () => window.removeEventListener('beforeunload', onLeave);
  }, []);
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
        error={
          typeof saving === 'object' ? `Not kept: ${saving.fault} It is tried again as you type on.` : null
        }
        onChange={(event) => {
          setText(event.currentTarget.value);
          saveLater(event.currentTarget.value);
        }}
        onKeyDown={onKeyDown}
        onBlur={saveNow}
      />
      <output className={classes.noteState} aria-label="Note state">
        {saving === 'saved' ? (text === '' ? '' : 'Saved') : typeof saving === 'object' ? '' : 'Saving…'}
      </output>
    </div>
  );
}

/** Answers why a note was not kept; null where it was. */
async function keepNote(mark: RunMark, note: string): Promise<string | null> {
  const reply = await call('history.setNote', { run: mark.run, note });
  if (!reply.ok) return reply.error.message;
  showMark(mark, { note });
  return null;
}

import { ActionIcon, TextInput, UnstyledButton } from '@mantine/core';
import { ChevronDown, ChevronUp } from 'lucide-react';
import { useState, type KeyboardEvent, type ReactElement, type RefObject } from 'react';
import { z } from 'zod';
import { logQueryLimit, type LogLook, type LogMatch, type LogQuery } from '../../shared/domain/log-find';
import { readStored, writeStored } from '../stores/stored';
import { isSearching, matchesText, matchesTitle } from './find-text';
import type { LogFinder } from './log-finder';
import classes from './FindBox.module.css';

const waysSchema = z.object({ regex: z.boolean(), matchCase: z.boolean() });
type Ways = z.infer<typeof waysSchema>;

interface FindBoxProps {
  readonly finder: LogFinder;
  readonly input: RefObject<HTMLInputElement | null>;
  /** The line of the log from which the first match is looked for. */
  readonly from: () => number;
  /** The operator is done with searching. */
  readonly onClose: () => void;
}

/** The search box of a log with its matches. Enter goes to the next one, Shift+Enter to the one before, Esc closes. */
export function FindBox({ finder, input, from, onClose }: FindBoxProps): ReactElement {
  const { status, current } = finder;
  const { query } = finder.look;
  const text = query?.text ?? '';
  const [ways, setWays] = useState<Ways>(() =>
    query === null
      ? readStored('log.find-ways', waysSchema, { regex: false, matchCase: false })
      : { regex: query.regex, matchCase: query.matchCase },
  );

  const look = (next: string, how: Ways): void => {
    const wanted: LogQuery | null = next === '' ? null : { text: next, ...how };
    finder.lookFor(wanted, current?.line ?? from());
  };
  const choose = (change: Partial<Ways>): void => {
    const how = { ...ways, ...change };
    setWays(how);
    writeStored('log.find-ways', how);
    look(text, how);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      finder.step(!event.shiftKey, from());
    } else if (event.key === 'Escape') {
      event.preventDefault();
      look('', ways);
      onClose();
    }
  };
  const hasFault = (status?.fault ?? null) !== null;
  const said = matchesText(query, status, current);
  const isNews = useIsNews(said, finder);
  const isWrong = hasFault || (status?.complete === true && status.matches === 0);
  return (
    <div className={classes.find}>
      <TextInput
        ref={input}
        className={classes.box ?? ''}
        size="xs"
        type="search"
        aria-label="Find in log"
        error={hasFault}
        placeholder="Find in log (Ctrl+F)"
        spellCheck={false}
        maxLength={logQueryLimit}
        value={text}
        onChange={(event) => look(event.currentTarget.value, ways)}
        onKeyDown={onKeyDown}
      />
      <Way name=".*" label="Regular expression" on={ways.regex} onChange={(regex) => choose({ regex })} />
      <Way name="Aa" label="Match case" on={ways.matchCase} onChange={(matchCase) => choose({ matchCase })} />
      <ActionIcon
        size={22}
        variant="subtle"
        aria-label="Previous match"
        title="Previous match (Shift+F3)"
        disabled={query === null}
        onClick={() => finder.step(false, from())}
      >
        <ChevronUp size={14} aria-hidden="true" />
      </ActionIcon>
      <ActionIcon
        size={22}
        variant="subtle"
        aria-label="Next match"
        title="Next match (F3)"
        disabled={query === null}
        onClick={() => finder.step(true, from())}
      >
        <ChevronDown size={14} aria-hidden="true" />
      </ActionIcon>
      <output
        className={classes.matches}
        aria-label="Matches"
        aria-live={isNews ? 'polite' : 'off'}
        data-wrong={isWrong && query !== null}
        title={matchesTitle(status, current) || said}
      >
        {said}
      </output>
    </div>
  );
}

/** What was said last, and of what. */
interface Said {
  readonly text: string;
  readonly look: LogLook;
  readonly current: LogMatch | null;
  /** Whether a search of this look has come to its end once. */
  readonly hasEnded: boolean;
  readonly isNews: boolean;
}

/**
 * Whether the status is read out: at the end of a search and at each step, but not for the numbers on the way there,
 * nor for those of a log that grows, which would leave a screen reader no pause.
 */
function useIsNews(text: string, { look, status, current }: LogFinder): boolean {
  const [last, setLast] = useState<Said>({ text, look, current, hasEnded: false, isNews: false });
  const isSameLook = last.look === look;
  const hasEnded = !isSearching(status) || (isSameLook && last.hasEnded);
  const hasJustEnded = hasEnded && !(isSameLook && last.hasEnded);
  if (isSameLook && last.text === text && last.current === current && !hasJustEnded) return last.isNews;
  const isNews = hasJustEnded || (hasEnded && last.current !== current);
  setLast({ text, look, current, hasEnded, isNews });
  return isNews;
}

interface WayProps {
  readonly name: string;
  readonly label: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}

function Way({ name, label, on, onChange }: WayProps): ReactElement {
  return (
    <UnstyledButton
      className={classes.way ?? ''}
      aria-pressed={on}
      aria-label={label}
      title={label}
      onClick={() => onChange(!on)}
    >
      {name}
    </UnstyledButton>
  );
}

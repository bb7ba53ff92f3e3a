import { ActionIcon, Menu, TextInput } from '@mantine/core';
import { Braces, ChevronDown, ChevronUp, ListTree } from 'lucide-react';
import type { ReactElement } from 'react';
import { formatCount } from '../components/time-text';
import classes from './SessionPane.module.css';
import type { FoundJson } from './use-json-search';

interface SessionDataToolsProps {
  readonly typed: string;
  readonly onType: (text: string) => void;
  /** Null while the search is not through. */
  readonly matches: FoundJson | null;
  /** The match that is shown; null before the first. */
  readonly current: number | null;
  readonly onGoTo: (step: 1 | -1) => void;
  readonly onRaw: (raw: boolean) => void;
  /** 1 folds all. */
  readonly onUnfold: (levels: number) => void;
}

/** More levels than messages may nest. */
const allLevels = 1001;

const foldings: readonly { readonly name: string; readonly levels: number }[] = [
  { name: 'Fold all', levels: 1 },
  { name: 'Unfold to level 2', levels: 2 },
  { name: 'Unfold to level 3', levels: 3 },
  { name: 'Unfold all', levels: allLevels },
];

/** Search over the session's data, what is unfolded, and how it is shown. */
export function SessionDataTools(props: SessionDataToolsProps): ReactElement {
  const { typed, onType, matches, current, onGoTo, onRaw, onUnfold } = props;
  const count = matches?.paths.length ?? 0;
  return (
    <div className={classes.tools}>
      <TextInput
        className={classes.find ?? ''}
        type="search"
        aria-label="Find in session data"
        placeholder="Find a key or a value"
        value={typed}
        maxLength={200}
        onChange={(event) => onType(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onGoTo(event.shiftKey ? -1 : 1);
          else if (event.key === 'Escape') onType('');
        }}
      />
      <output aria-label="Found in session data" className={classes.count}>
        {typed === '' ? '' : countText(matches, current)}
      </output>
      <ActionIcon
        size={22}
        aria-label="Previous in session data"
        title="Previous (Shift+Enter)"
        disabled={count === 0}
        onClick={() => onGoTo(-1)}
      >
        <ChevronUp size={14} aria-hidden="true" />
      </ActionIcon>
      <ActionIcon
        size={22}
        aria-label="Next in session data"
        title="Next (Enter)"
        disabled={count === 0}
        onClick={() => onGoTo(1)}
      >
        <ChevronDown size={14} aria-hidden="true" />
      </ActionIcon>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size={22} aria-label="Fold and unfold" title="Fold and unfold">
            <ListTree size={14} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {foldings.map(({ name, levels }) => (
            <Menu.Item key={name} onClick={() => onUnfold(levels)}>
              {name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <RawToggle isRaw={false} onRaw={onRaw} />
    </div>
  );
}

interface RawToggleProps {
  readonly isRaw: boolean;
  readonly onRaw: (raw: boolean) => void;
}

/** Whether the data shows as a tree or as JSON. */
export function RawToggle({ isRaw, onRaw }: RawToggleProps): ReactElement {
  return (
    <ActionIcon
      size={22}
      variant={isRaw ? 'filled' : 'subtle'}
      aria-label="Show as JSON"
      title={isRaw ? 'Show as a tree' : 'Show as JSON'}
      aria-pressed={isRaw}
      onClick={() => onRaw(!isRaw)}
    >
      <Braces size={14} aria-hidden="true" />
    </ActionIcon>
  );
}

function countText(matches: FoundJson | null, current: number | null): string {
  if (matches === null) return '…';
  const count = `${formatCount(matches.paths.length)}${matches.isWhole ? '' : '+'}`;
  // Data that changed meanwhile may have fewer.
  if (current !== null && current < matches.paths.length) return `${formatCount(current + 1)} of ${count}`;
  return count === '0' ? 'none' : count;
}

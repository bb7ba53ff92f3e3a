// The field commands a list beside it, which no element of its own does.
/* oxlint-disable jsx-a11y/prefer-tag-over-role */
import { TextInput, useMantineColorScheme } from '@mantine/core';
import { Spotlight } from '@mantine/spotlight';
import { Search } from 'lucide-react';
import { useEffect, useId, useMemo, useState, type KeyboardEvent, type ReactElement } from 'react';
import type { SlotConfig } from '../../shared/config/crates';
import type { Run } from '../../shared/domain/run';
import type { ScriptEntry } from '../../shared/ipc/calls/scripts-calls';
import { call } from '../bridge';
import { useScripts } from '../run/scripts-store';
import { addNotice, reportUnexpected } from '../stores/notice-store';
import { usePanel } from '../stores/panel-store';
import { useSelectedSlot } from '../stores/view-store';
import type { Command } from './command';
import { CommandList } from './CommandList';
import { allCommands } from './commands';
import { matchCommands } from './match-commands';
import classes from './Palette.module.css';
import { closePalette, palettesEnd } from './palette-store';

/** Ctrl+K: everything that can be done or gone to, found by typing. */
export function Palette(): ReactElement {
  const slot = useSelectedSlot();
  return (
    <Spotlight.Root
      shortcut={null}
      title="Commands"
      classNames={{ header: classes.header ?? '' }}
      returnFocus={false}
      closeOnClickOutside
      size={640}
      yOffset={72}
      zIndex={300}
      overlayProps={{ backgroundOpacity: 0.5, blur: 0 }}
      transitionProps={{ duration: 0 }}
      onSpotlightClose={palettesEnd}
    >
      {slot === null ? <PaletteContent slot={null} scripts={noScripts} /> : <PaletteOfSlot slot={slot} />}
    </Spotlight.Root>
  );
}

const noScripts: readonly ScriptEntry[] = [];

function PaletteOfSlot({ slot }: { readonly slot: SlotConfig }): ReactElement {
  return <PaletteContent slot={slot} scripts={useScripts(slot).scripts} />;
}

interface PaletteContentProps {
  readonly slot: SlotConfig | null;
  readonly scripts: readonly ScriptEntry[];
}

function PaletteContent({ slot, scripts }: PaletteContentProps): ReactElement {
  const listId = useId();
  const panel = usePanel((state) => state);
  const recentRuns = useRecentRuns();
  const { setColorScheme } = useMantineColorScheme();
  const [now] = useState(Date.now);
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(0);
  const commands = useMemo(
    () => allCommands({ panel, slot, scripts, recentRuns, setColourScheme: setColorScheme, now }),
    [panel, slot, scripts, recentRuns, setColorScheme, now],
  );
  const found = useMemo(() => matchCommands(typed, commands), [typed, commands]);
  const current = found[Math.min(chosen, found.length - 1)];

  const act = (command: Command): void => {
    if (command.refusal === null) closePalette(command.act);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const next = indexAfterKey(event.key, Math.min(chosen, found.length - 1), found.length);
    if (event.key === 'Enter' && current !== undefined) act(current);
    else if (next !== null) setChosen(next);
    else return;
    event.preventDefault();
  };
  return (
    <div className={classes.palette}>
      <TextInput
        data-autofocus
        size="md"
        classNames={{ input: classes.input ?? '' }}
        leftSection={<Search size={16} aria-hidden="true" />}
        placeholder="Slot, script, run, page or command"
        aria-label="Find a command"
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={current === undefined ? undefined : optionId(listId, current)}
        value={typed}
        maxLength={200}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      <CommandList
        id={listId}
        commands={found}
        current={current}
        grouped={typed.trim() === ''}
        optionId={(command) => optionId(listId, command)}
        onAct={act}
      />
      <output className={classes.foot}>
        {found.length === 0
          ? 'Nothing fits. Try fewer letters.'
          : (current?.refusal ?? 'Enter does it, Esc closes.')}
      </output>
    </div>
  );
}

function optionId(list: string, { id }: Command): string {
  return `${list}-${id.replaceAll(/\s/g, '-')}`;
}

/** The row that a key leads to, round the ends; null for a key that is not for moving. */
function indexAfterKey(key: string, index: number, count: number): number | null {
  if (count === 0) return null;
  switch (key) {
    case 'ArrowDown':
      return (index + 1) % count;
    case 'ArrowUp':
      return (index - 1 + count) % count;
    case 'PageDown':
      return Math.min(index + 10, count - 1);
    case 'PageUp':
      return Math.max(index - 10, 0);
    default:
      return null;
  }
}

const recentCount = 12;

/** The newest runs of all slots, read when the palette opens. */
function useRecentRuns(): readonly Run[] {
  const [runs, setRuns] = useState<readonly Run[]>([]);
  useEffect(() => {
    let isShown = true;
    const read = async (): Promise<void> => {
      const reply = await call('history.list', { slot: null, before: null, limit: recentCount });
      if (!isShown) return;
      if (reply.ok) setRuns(reply.value.runs);
      else addNotice('warning', `The recent runs could not be read. ${reply.error.message}`);
    };
    read().catch(reportUnexpected('Reading the recent runs'));
    return () => {
      isShown = false;
    };
  }, []);
  return runs;
}

import { isActive, scriptName } from '../../shared/domain/run';
import { openAbout } from '../about/about-store';
import { lockControls } from '../care/lock-store';
import { showGuide } from '../guide/guide-store';
import { exportRun } from '../history/export-store';
import { rerun } from '../history/run-actions';
import { runFault } from '../run/run-form-store';
import { startRun } from '../run/run-action';
import { windowShortcuts } from '../shell/shortcut-table';
import { openShortcuts } from '../shell/shortcuts-store';
import { askAbort, isAbortable } from '../slot/abort-store';
import { openConnectionCheck } from '../slot/connection-dialog-store';
import { openSlotTab } from '../slot/open-slot-tab';
import { openSlot } from '../stores/view-store';
import { lockRefusal, type Command, type CommandSource } from './command';

/** What can be done with the shown slot and its newest run. */
export const slotActionCommands: CommandSource = ({ panel, slot }) => {
  if (slot === null) return [];
  const run = panel.slots[slot.id]?.run ?? null;
  const active = run !== null && isActive(run);
  const locked = lockRefusal(panel);
  const noRun = run === null ? `${slot.id} has not run anything yet.` : null;
  const action = (
    id: string,
    title: string,
    detail: string,
    refusal: string | null,
    act: () => void,
  ): Command => ({
    id: `action ${id}`,
    group: 'Actions',
    title,
    detail,
    refusal,
    act,
  });
  return [
    {
      ...action(
        'run',
        'Run',
        `what the Run tab of ${slot.id} holds`,
        active ? `${slot.id} is busy until its run has ended.` : (locked ?? runFault(slot.id)),
        () => startRun(slot.id),
      ),
      keys: windowShortcuts.run.keys,
    },
    {
      ...action(
        'abort',
        'Abort…',
        run === null ? slot.id : `${scriptName(run.script)} on ${slot.id}`,
        isAbortable(run) ? null : `Nothing runs on ${slot.id} that could be aborted.`,
        () => {
          if (run === null) return;
          openSlot(slot.id);
          askAbort(run.id);
        },
      ),
      keys: windowShortcuts.abort.keys,
    },
    action(
      'rerun',
      'Run again with edits',
      `fills the Run tab of ${slot.id} with its last run`,
      noRun ?? locked,
      () => {
        if (run !== null) rerun(run);
      },
    ),
    action('export', 'Export the last run…', `of ${slot.id}, as one archive`, noRun ?? locked, () => {
      if (run === null) return;
      // Its progress is shown there.
      openSlotTab(slot.id, 'history');
      exportRun(run);
    }),
    action('check', 'Check connection', `of ${slot.id}, step by step; starts no script`, locked, () =>
      openConnectionCheck(slot.id),
    ),
  ];
};

/** What concerns the whole panel. */
export const panelCommands: CommandSource = ({ setColourScheme }) => {
  const command = (id: string, title: string, detail: string, act: () => void): Command => ({
    id: `panel ${id}`,
    group: 'Panel',
    title,
    detail,
    refusal: null,
    act,
  });
  return [
    {
      ...command('shortcuts', 'Keyboard shortcuts', 'the whole list', openShortcuts),
      keys: windowShortcuts.shortcuts.keys,
    },
    command('light', 'Light colours', 'theme', () => setColourScheme('light')),
    command('dark', 'Dark colours', 'theme', () => setColourScheme('dark')),
    command('auto', 'Colours as the system', 'theme', () => setColourScheme('auto')),
    command('guide', 'Show the guide', 'help for the first run', showGuide),
    {
      ...command('lock', 'Lock controls', 'until somebody unlocks them', () => lockControls('operator')),
      keys: windowShortcuts.lock.keys,
    },
    command('about', 'About', 'version, home folder, updates', openAbout),
    command('reload', 'Reload window', 'runs go on', () => window.location.reload()),
  ];
};

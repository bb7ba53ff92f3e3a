/** Keys that work anywhere in the window. Their names bind them (`use-shortcuts.ts`) and test them. */
export const windowShortcuts = {
  palette: { hotkey: 'mod+K', keys: ['Ctrl', 'K'], does: 'Find a command, slot, script or run' },
  run: { hotkey: 'mod+Enter', keys: ['Ctrl', 'Enter'], does: 'On the Run tab: start what it holds' },
  abort: { hotkey: 'mod+.', keys: ['Ctrl', '.'], does: 'Abort the chosen slot’s run: asks first' },
  lock: { hotkey: 'mod+shift+L', keys: ['Ctrl', 'Shift', 'L'], does: 'Lock the controls' },
  'slot-above': { hotkey: 'alt+ArrowUp', keys: ['Alt', '↑'], does: 'Open the slot above' },
  'slot-below': { hotkey: 'alt+ArrowDown', keys: ['Alt', '↓'], does: 'Open the slot below' },
  'tab-run': { hotkey: 'alt+1', keys: ['Alt', '1'], does: 'Open the slot’s Run tab' },
  'tab-log': { hotkey: 'alt+2', keys: ['Alt', '2'], does: 'Open its Log' },
  'tab-session': { hotkey: 'alt+3', keys: ['Alt', '3'], does: 'Go to its Session, as a tab or beside them' },
  'tab-files': { hotkey: 'alt+4', keys: ['Alt', '4'], does: 'Open its Files' },
  'tab-messages': { hotkey: 'alt+5', keys: ['Alt', '5'], does: 'Open its Messages' },
  'tab-metadata': { hotkey: 'alt+6', keys: ['Alt', '6'], does: 'Open its Metadata' },
  'tab-history': { hotkey: 'alt+7', keys: ['Alt', '7'], does: 'Open its History' },
  'page-overview': { hotkey: 'mod+1', keys: ['Ctrl', '1'], does: 'Open the Overview of all slots' },
  'page-queue': { hotkey: 'mod+2', keys: ['Ctrl', '2'], does: 'Open the Queue' },
  'page-history': { hotkey: 'mod+3', keys: ['Ctrl', '3'], does: 'Open the History of all slots' },
  'page-audit': { hotkey: 'mod+4', keys: ['Ctrl', '4'], does: 'Open the Audit: who did what' },
  settings: { hotkey: 'mod+,', keys: ['Ctrl', ','], does: 'Open or leave Settings' },
  shortcuts: { hotkey: 'F1', keys: ['F1'], does: 'Show this list' },
} as const satisfies Record<string, WindowShortcut>;

interface WindowShortcut extends Shortcut {
  /** As Mantine binds it. */
  readonly hotkey: string;
}

/** A key and what it does, as the list shows it. */
export interface Shortcut {
  readonly keys: readonly string[];
  readonly does: string;
}

export type WindowShortcutId = keyof typeof windowShortcuts;

/** The keys of one place: they work while it is shown or has the focus, and are bound there. */
export interface ShortcutGroup {
  readonly place: string;
  readonly shortcuts: readonly Shortcut[];
}

/** Every group of the list, those of the whole window first. */
export const shortcutGroups: readonly ShortcutGroup[] = [
  { place: 'Anywhere, typing or not', shortcuts: Object.values(windowShortcuts) },
  {
    place: 'List of crates',
    shortcuts: [
      { keys: ['↑', '↓'], does: 'Go from slot to slot' },
      { keys: ['Home', 'End'], does: 'Go to the first or the last slot' },
      { keys: ['Enter'], does: 'Open the slot' },
    ],
  },
  {
    place: 'Log',
    shortcuts: [
      { keys: ['Ctrl', 'F'], does: 'Find' },
      { keys: ['F3'], does: 'Next match; with Shift the previous one' },
      { keys: ['Ctrl', 'G'], does: 'Go to a line' },
      { keys: ['Page ↑', 'Page ↓'], does: 'Scroll' },
      { keys: ['Home', 'End'], does: 'First line, last line' },
      { keys: ['Shift', '↑ ↓'], does: 'Select lines' },
      { keys: ['Ctrl', 'A'], does: 'Select all lines' },
      { keys: ['Ctrl', 'C'], does: 'Copy the selected lines' },
      { keys: ['Enter'], does: 'Details of the line' },
    ],
  },
  {
    place: 'Lists and tables',
    shortcuts: [
      { keys: ['↑', '↓'], does: 'Select the row above or below' },
      { keys: ['Page ↑', 'Page ↓'], does: 'A page up or down' },
      { keys: ['Home', 'End'], does: 'First row, last row' },
      { keys: ['Enter'], does: 'Open the row' },
      { keys: ['Shift', '↑ ↓'], does: 'In History: select a second run' },
      { keys: ['Space'], does: 'In History: add or take away the run' },
    ],
  },
  {
    place: 'Note on a run',
    shortcuts: [{ keys: ['Ctrl', 'Enter'], does: 'Keep it now' }],
  },
  {
    place: 'Charts',
    shortcuts: [
      { keys: ['←', '→'], does: 'Read the point before or after' },
      { keys: ['+', '−'], does: 'Zoom in, zoom out' },
      { keys: ['0'], does: 'Show everything' },
    ],
  },
  {
    place: 'Files that are looked at',
    shortcuts: [
      { keys: ['←', '→'], does: 'Previous file, next file' },
      { keys: ['+', '−'], does: 'Zoom in, zoom out' },
    ],
  },
  {
    place: 'Dialogs',
    shortcuts: [{ keys: ['Esc'], does: 'Close without doing anything' }],
  },
];

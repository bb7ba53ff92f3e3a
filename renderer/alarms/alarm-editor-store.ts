import { create } from 'zustand';
import type { AlarmForm } from './alarm-form';

interface AlarmEditorStore {
  /** What is being edited; null while the editor is closed. `id` is null for a new rule. */
  readonly editing: { readonly id: number | null; readonly form: AlarmForm } | null;
  /** Counts the rules that were kept or removed here, so that lists read anew. */
  readonly changes: number;
}

/** The editor of alarm rules, one for the window. */
export const useAlarmEditor = create<AlarmEditorStore>(() => ({ editing: null, changes: 0 }));

/** Opens the editor on a rule, or with id null on a new one. */
export function editAlarm(id: number | null, form: AlarmForm): void {
  useAlarmEditor.setState({ editing: { id, form } });
}

export function closeAlarmEditor(): void {
  useAlarmEditor.setState({ editing: null });
}

/** Tells the lists of rules that one has changed. */
export function rulesChanged(): void {
  useAlarmEditor.setState(({ changes }) => ({ changes: changes + 1 }));
}

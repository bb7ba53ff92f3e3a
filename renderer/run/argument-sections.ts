import type { Argument, ArgumentForm } from '../../shared/arguments/argument-form';
import {
  argumentKey,
  chosenCommand,
  commandPath,
  type ArgumentValues,
} from '../../shared/arguments/argument-values';

/** A field, or fields of which only one can be given. */
export interface FieldCluster {
  readonly key: string;
  readonly fields: readonly { readonly key: string; readonly argument: Argument }[];
  /** What the fields of an exclusive group are: null for a field of its own. */
  readonly oneOf: { readonly required: boolean } | null;
}

/** Fields under one heading. */
export interface FieldSection {
  readonly key: string;
  readonly title: string;
  readonly clusters: readonly FieldCluster[];
}

/** The sections of one parser, then the choice of its command, then those of the command that is chosen. */
export interface FieldLevel {
  readonly path: string;
  readonly form: ArgumentForm;
  readonly sections: readonly FieldSection[];
}

/** The fields that a form shows for what is entered, by parser, group and exclusive group. */
export function fieldLevels(form: ArgumentForm, values: ArgumentValues, filter = ''): FieldLevel[] {
  const levels: FieldLevel[] = [];
  let next: { readonly path: string; readonly form: ArgumentForm } | null = { path: '', form };
  let title = 'General';
  while (next !== null) {
    const { path, form: shown }: { readonly path: string; readonly form: ArgumentForm } = next;
    levels.push({ path, form: shown, sections: sectionsOf(shown, path, title, filter) });
    const chosen = chosenCommand(shown, values, path);
    next = chosen === null ? null : { path: commandPath(path, chosen.choice.name), form: chosen.choice.form };
    title = chosen?.choice.name ?? '';
  }
  return levels;
}

/** How many fields these levels have. */
export function countFields(levels: readonly FieldLevel[]): number {
  const sections = levels.flatMap((level) => level.sections);
  return sections.flatMap((section) => section.clusters).reduce((sum, { fields }) => sum + fields.length, 0);
}

function sectionsOf(form: ArgumentForm, path: string, title: string, filter: string): FieldSection[] {
  const wanted = filter.trim().toLowerCase();
  const sections = new Map<string | null, FieldCluster[]>([[null, []]]);
  const groups = new Map<number, { key: string; argument: Argument }[]>();
  for (const argument of form.arguments) {
    if (!matches(argument, wanted)) continue;
    const field = { key: argumentKey(path, argument), argument };
    const clusters = sections.get(argument.group) ?? [];
    sections.set(argument.group, clusters);
    const members = argument.exclusive === null ? undefined : groups.get(argument.exclusive);
    if (members !== undefined) {
      members.push(field);
      continue;
    }
    const fields = [field];
    const group = argument.exclusive === null ? null : (form.exclusive[argument.exclusive] ?? null);
    if (argument.exclusive !== null) groups.set(argument.exclusive, fields);
    clusters.push({ key: field.key, fields, oneOf: group });
  }
  return [...sections]
    .filter(([, clusters]) => clusters.length > 0)
    .map(([group, clusters]) => ({ key: `${path}|${group ?? ''}`, title: group ?? title, clusters }));
}

function matches(argument: Argument, wanted: string): boolean {
  if (wanted === '') return true;
  const texts = [argument.name, argument.dest, argument.help ?? '', argument.group ?? '', ...argument.flags];
  return texts.some((text) => text.toLowerCase().includes(wanted));
}

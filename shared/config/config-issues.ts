import type { z } from 'zod';

/** A fault in the configuration in an operator's words. `at` tells whether it is the key or the value that is wrong. */
export interface ConfigIssue {
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly at: 'key' | 'value';
}

const slotKeys = [
  'publisher-id',
  'aliases',
  'udp-host',
  'transport',
  'relay',
  'scripts',
  'tasks',
  'paths',
  'abort',
];

/** The keys that each part of the file knows, by the path of keys that leads to it. */
const knownKeys = new Map<string, readonly string[]>([
  ['', ['listener', 'retention', 'updates', 'crates']],
  ['listener', ['host', 'port']],
  ['retention', ['messages', 'runs']],
  ['retention.runs', ['days', 'count', 'gigabytes', 'include-marked']],
  ['updates', ['feed']],
  ['crates', ['name', 'slots', ...slotKeys]],
  ['crates.slots', ['slot', ...slotKeys]],
  ['relay', ['forward']],
  ['forward', ['host', 'port']],
  ['tasks', ['name', 'script', 'args']],
  ['paths', ['from', 'to']],
  ['abort', ['interrupt', 'terminate']],
]);

const scriptKeys = ['kind', 'python', 'cwd', 'env'];

/** The keys of a transport, by its kind. */
const transportKeys = new Map<unknown, readonly string[]>([
  ['local', scriptKeys],
  ['docker', [...scriptKeys, 'container', 'program', 'user', 'runs']],
  ['compose', [...scriptKeys, 'service', 'file', 'project', 'program', 'user', 'runs']],
  ['ssh', [...scriptKeys, 'host', 'runs']],
]);

/** Puts zod's issues in plain words, one for each unknown key. Messages that the schema wrote itself are kept. */
export function configIssues(
  issues: readonly z.core.$ZodIssue[],
  root: unknown,
  prefix: readonly (string | number)[] = [],
): ConfigIssue[] {
  return issues.flatMap((issue): ConfigIssue[] => {
    const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
    if (issue.code === 'unrecognized_keys') {
      const parent = valueAt(root, path);
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: unknownKey(key, [...prefix, ...path], parent),
        at: 'key' as const,
      }));
    }
    const nested = issueInside(issue);
    if (nested !== null) {
      return configIssues(nested, valueAt(root, path), [...prefix, ...path]).map((inside) => ({
        ...inside,
        path: [...path, ...inside.path],
      }));
    }
    if (issue.code === 'custom') {
      return [{ path, message: issue.message, at: issue.params?.['at'] === 'key' ? 'key' : 'value' }];
    }
    const at = issue.code === 'invalid_key' ? 'key' : 'value';
    return [{ path, message: inWords(issue, valueAt(root, path)), at }];
  });
}

/** Of a value that may be of several shapes, the faults within the shape that it was meant to have; else null. */
function issueInside(issue: z.core.$ZodIssue): z.core.$ZodIssue[] | null {
  if (issue.code !== 'invalid_union' || 'discriminator' in issue) return null;
  const isInside = (each: z.core.$ZodIssue): boolean =>
    each.path.length > 0 || each.code === 'unrecognized_keys';
  return issue.errors.find((option) => option.some(isInside)) ?? null;
}

function inWords(issue: z.core.$ZodIssue, value: unknown): string {
  if (value === undefined) return 'is missing';
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int'
        ? `has to be a whole number, not ${show(value)}`
        : `has to be ${nounOf(issue.expected)}, not ${describe(value)}${quoteHint(issue.expected, value)}`;
    case 'too_small':
      if (issue.origin === 'string') return 'must not be empty';
      if (issue.origin === 'array')
        return `needs at least ${String(issue.minimum)} ${issue.minimum === 1 ? 'entry' : 'entries'}`;
      return `has to be ${String(issue.minimum)} or more, not ${show(value)}`;
    case 'too_big':
      if (issue.origin === 'string') return `has to be at most ${String(issue.maximum)} characters long`;
      return `has to be ${String(issue.maximum)} or less, not ${show(value)}`;
    case 'invalid_union':
      return 'discriminator' in issue
        ? issue.message
        : `has to be ${shapesOf(issue)}, not ${describe(value)}`;
    case 'invalid_key':
      return issue.issues[0]?.message ?? issue.message;
    case 'invalid_format':
      return `${show(value)} is not allowed here: ${issue.message}`;
    default:
      return issue.message;
  }
}

function unknownKey(key: string, path: readonly (string | number)[], parent: unknown): string {
  const names = path.filter((part) => typeof part === 'string').join('.');
  const hasSlots = typeof parent === 'object' && parent !== null && 'slots' in parent;
  if (names === 'crates' && hasSlots && slotKeys.includes(key)) {
    return `belongs to each of the slots, because this crate has slots`;
  }
  if (names === 'crates' && key === 'slot') return 'belongs to an entry of "slots"';
  const last = path.findLast((part) => typeof part === 'string') ?? '';
  if (last === 'transport') return unknownTransportKey(key, parent);
  const known = (knownKeys.get(names) ?? knownKeys.get(last) ?? []).filter(
    (each) => !(names === 'crates' && hasSlots && slotKeys.includes(each)),
  );
  return `is not a key that the panel knows; ${hintAmong(key, known)}`;
}

function unknownTransportKey(key: string, parent: unknown): string {
  const kind = valueAt(parent, ['kind']);
  const others = [...transportKeys].flatMap(([other, keys]) => (keys.includes(key) ? [show(other)] : []));
  const known = transportKeys.get(kind) ?? scriptKeys;
  return others.length > 0
    ? `belongs to kind ${others.join(' or ')}, not to ${show(kind)}`
    : `is not a key that the panel knows; ${hintAmong(key, known)}`;
}

function hintAmong(key: string, known: readonly string[]): string {
  const nearest = nearestOf(key, known);
  return nearest === null ? `known here: ${known.join(', ')}` : `did you mean "${nearest}"?`;
}

/** What each shape of a value is called: `text or a number`. */
function shapesOf(issue: z.core.$ZodIssueInvalidUnion): string {
  const nouns = issue.errors.flatMap(([first]) =>
    first?.code === 'invalid_type' ? [nounOf(first.expected)] : [],
  );
  return nouns.join(' or ');
}

/** The known key that a mistyped one most likely stands for, null where none is near. */
function nearestOf(key: string, known: readonly string[]): string | null {
  const written = key.toLowerCase().replaceAll('_', '-');
  const ranked = known
    .map((each) => ({ each, distance: editDistance(written, each) }))
    .toSorted((one, other) => one.distance - other.distance);
  const best = ranked[0];
  return best !== undefined && best.distance <= Math.max(1, Math.floor(best.each.length / 3))
    ? best.each
    : null;
}

/** How many letters have to be added, removed or replaced (Levenshtein). */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of Array.from(one).entries()) {
    const next = [index + 1];
    for (const [column, otherLetter] of Array.from(other).entries()) {
      const replaced = (row[column] ?? 0) + (letter === otherLetter ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

function valueAt(root: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((value, part) => {
    if (typeof value !== 'object' || value === null) return undefined;
    return Object.getOwnPropertyDescriptor(value, part)?.value;
  }, root);
}

function nounOf(expected: string): string {
  const nouns = new Map([
    ['string', 'text'],
    ['number', 'a number'],
    ['int', 'a whole number'],
    ['array', 'a list'],
    ['object', 'a group of keys'],
    ['record', 'a group of keys'],
    ['boolean', 'true or false'],
  ]);
  return nouns.get(expected) ?? expected;
}

function describe(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a group of keys';
  if (typeof value === 'string') return `the text "${value.slice(0, 60)}"`;
  if (typeof value === 'number') return `the number ${value}`;
  return show(value);
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}

function quoteHint(expected: string, value: unknown): string {
  const isPlain = typeof value === 'number' || typeof value === 'boolean';
  return expected === 'string' && isPlain ? '; put it in quotes to make it text' : '';
}

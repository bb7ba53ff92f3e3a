import { initParser, makeParser } from './argparse-calls';
import { parsersIn } from './call-unknown';
import { ScriptEnd, type Arguments, type Machine, type Site } from './machine';
import { numberFunction, textFunction } from './native-scalars';
import { joinedPath } from './operators';
import { itemsOf, keyOf, numberOf, orderOf, truthOf } from './python-compare';
import { reprOf } from './python-text';
import { boolean, integer, none, text, type DictValue, type Value } from './python-value';

/** Calls a function or class of Python's own. What the reader does not know gives an unknown value. */
export function callNative(machine: Machine, name: string, args: Arguments, site: Site): Value {
  return known(machine, name, args, site) ?? machine.unknown(site);
}

function known(machine: Machine, name: string, args: Arguments, site: Site): Value | null {
  const { positional, keywords } = args;
  const [first, second] = positional;
  switch (name) {
    case 'argparse.ArgumentParser': {
      const parser = makeParser(machine, site, null);
      initParser(machine, parser, args, site);
      return { kind: 'parser', container: parser };
    }
    case 'argparse.ArgumentParser.__init__': {
      if (first?.kind !== 'parser') return null;
      initParser(machine, first.container.parser, { ...args, positional: positional.slice(1) }, site);
      return none;
    }
    case 'argparse.FileType': {
      const shown = [...positional, ...keywords.values()].map(reprOf);
      return { kind: 'converter', text: `FileType(${shown.join(', ')})` };
    }
    case 'enum.auto':
      return { kind: 'converter', text: 'auto()' };
    case 'functools.partial':
      return { kind: 'converter', text: site.text };
    case 'sys.exit':
    case 'os._exit':
    case 'exit':
    case 'quit':
      throw new ScriptEnd();
    case 'print':
      return none;
    case 'asyncio.run':
      return first ?? null;
    case 'callable':
    case 'hasattr':
    case 'isinstance':
    case 'issubclass':
      return null;
    case 'getattr':
      if (first === undefined || second?.kind !== 'text') return null;
      return machine.attribute(first, second.value, site);
    case 'setattr':
    case 'vars':
    case 'type':
    case 'id':
      return null;
    case 'super':
      return first?.kind === 'class' && second !== undefined
        ? { kind: 'super', owner: first, self: second }
        : null;
    default:
      break;
  }
  if (name.startsWith('pathlib.') || name.startsWith('os.path.')) return pathFunction(name, positional);
  const value =
    collectionFunction(machine, name, args, site) ??
    numberFunction(name, positional) ??
    textFunction(name, args);
  if (value === null) noteEscape(machine, args, site, name);
  return value;
}

/** A parser given to code of Python's own is not added to; one given to a mapping of the script's functions may be. */
function noteEscape(machine: Machine, args: Arguments, site: Site, name: string): void {
  if (name !== 'map' && name !== 'filter') return;
  for (const parser of parsersIn(args)) {
    machine.escaped.add(parser);
    machine.notes.at(
      site.module,
      site.line,
      `\`${site.text}\` cannot be followed: arguments that it adds are not in this form.`,
    );
  }
}

function pathFunction(name: string, positional: readonly Value[]): Value | null {
  const parts = positional.map((part) => (part.kind === 'text' || part.kind === 'path' ? part.value : null));
  if (!parts.every((part) => part !== null)) return null;
  const joined = parts.reduce<string>((path, part) => joinedPath(path, part), '');
  if (name === 'os.path.join') return text(joined);
  if (name === 'os.path.basename') return text(joined.slice(joined.lastIndexOf('/') + 1));
  if (name.startsWith('pathlib.') && !name.includes('__')) {
    const plain = joined
      .replaceAll(/\/+/g, '/')
      .replace(/^(\.\/)+/, '')
      .replace(/(.)\/$/, '$1');
    return { kind: 'path', value: plain === '' ? '.' : plain };
  }
  return null;
}

function collectionFunction(machine: Machine, name: string, args: Arguments, site: Site): Value | null {
  const { positional, keywords } = args;
  const [first, second] = positional;
  const list = (items: readonly Value[]): Value => ({
    kind: 'list',
    items: [...items],
    region: machine.region,
    isCertain: true,
  });
  if (args.unknown.length > 0) return null;
  if (name === 'range') return rangeOf(positional);
  if (name === 'dict' || name === 'collections.OrderedDict') return dictOf(machine, first, keywords);
  if (first === undefined) {
    if (name === 'list') return list([]);
    if (name === 'tuple') return { kind: 'tuple', items: [] };
    return name === 'set' ? { kind: 'set', items: [], region: machine.region, isCertain: true } : null;
  }
  if (name === 'zip' || name === 'itertools.chain') return together(name, positional, list);
  if (name === 'map') {
    const items = second === undefined ? null : itemsOf(second);
    if (items === null || positional.length !== 2) return null;
    return list(
      items.map((item) =>
        machine.call(first, { positional: [item], keywords: new Map(), unknown: [] }, site),
      ),
    );
  }
  const items = itemsOf(first);
  if (items === null) return null;
  switch (name) {
    case 'list':
      return list(items);
    case 'tuple':
      return { kind: 'tuple', items };
    case 'set':
    case 'frozenset':
      return { kind: 'set', items: distinct(items), region: machine.region, isCertain: true };
    case 'reversed':
      return list(items.toReversed());
    case 'sorted':
      return sorted(items, keywords, list);
    case 'enumerate': {
      const start = numberOf(second ?? keywords.get('start') ?? integer(0)) ?? 0;
      return list(items.map((item, index) => ({ kind: 'tuple', items: [integer(start + index), item] })));
    }
    case 'len':
      return integer(items.length);
    case 'sum': {
      const numbers = items.map((item) => (item.kind === 'integer' ? item.value : null));
      if (!numbers.every((number) => number !== null)) return null;
      return integer(numbers.reduce((total, number) => total + number, 0n));
    }
    case 'min':
    case 'max':
      return extreme(name, positional.length > 1 ? positional : items);
    case 'any':
    case 'all': {
      const truths = new Set(items.map(truthOf));
      if (truths.has(null)) return null;
      return boolean(name === 'any' ? truths.has(true) : !truths.has(false));
    }
    default:
      return null;
  }
}

function together(
  name: string,
  positional: readonly Value[],
  list: (items: readonly Value[]) => Value,
): Value | null {
  const columns = positional.map(itemsOf);
  if (!columns.every((column) => column !== null)) return null;
  if (name === 'itertools.chain') return list(columns.flat());
  const length = Math.min(...columns.map((column) => column.length));
  return list(
    Array.from({ length }, (_, row) => ({
      kind: 'tuple',
      items: columns.flatMap((column) => column.slice(row, row + 1)),
    })),
  );
}

function rangeOf(positional: readonly Value[]): Value | null {
  const bounds = positional.map((bound) => (bound.kind === 'integer' ? Number(bound.value) : null));
  if (bounds.length === 0 || bounds.length > 3 || !bounds.every((bound) => bound !== null)) return null;
  const [one = 0, stop, step = 1] = bounds;
  if (step === 0 || !bounds.every((bound) => Number.isSafeInteger(bound))) return null;
  return stop === undefined
    ? { kind: 'range', start: 0, stop: one, step: 1 }
    : { kind: 'range', start: one, stop, step };
}

function distinct(items: readonly Value[]): Value[] {
  const seen = new Map(items.map((item) => [keyOf(item) ?? item, item]));
  return [...seen.values()];
}

function dictOf(
  machine: Machine,
  first: Value | undefined,
  keywords: ReadonlyMap<string, Value>,
): DictValue | null {
  const entries = new Map<string, readonly [Value, Value]>();
  if (first?.kind === 'dict') {
    if (!first.isCertain) return null;
    for (const [key, entry] of first.entries) entries.set(key, entry);
  } else if (first !== undefined) {
    for (const pair of itemsOf(first) ?? [none]) {
      const [key, value] = itemsOf(pair) ?? [];
      const place = key === undefined ? null : keyOf(key);
      if (key === undefined || value === undefined || place === null) return null;
      entries.set(place, [key, value]);
    }
  }
  for (const [name, value] of keywords) entries.set(`text ${name}`, [text(name), value]);
  return { kind: 'dict', entries, region: machine.region, isCertain: true };
}

function sorted(
  items: readonly Value[],
  keywords: ReadonlyMap<string, Value>,
  list: (items: readonly Value[]) => Value,
): Value | null {
  const [first] = items;
  if (keywords.has('key')) return null;
  if (first !== undefined && !items.every((item) => orderOf(first, item) !== null)) return null;
  const ordered = items.toSorted((one, other) => orderOf(one, other) ?? 0);
  return list(truthOf(keywords.get('reverse') ?? none) === true ? ordered.toReversed() : ordered);
}

function extreme(name: 'min' | 'max', items: readonly Value[]): Value | null {
  return items.reduce<Value | null>((best, item) => {
    const order = best === null ? null : orderOf(item, best);
    if (order === null) return null;
    return (name === 'min' ? order < 0 : order > 0) ? item : best;
  }, items[0] ?? null);
}

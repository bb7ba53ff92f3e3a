import type { Arguments, Machine } from './machine';
import { itemsOf, numberOf } from './python-compare';
import { braceFormat } from './python-format';
import { boolean, integer, text, type Value } from './python-value';

/** A method of a text; null where the outcome cannot be known. */
export function textMethod(machine: Machine, name: string, self: string, args: Arguments): Value | null {
  const [first, second] = args.positional;
  const word = first?.kind === 'text' ? first.value : null;
  const list = (items: string[]): Value => ({
    kind: 'list',
    items: items.map((item) => text(item)),
    region: machine.region,
    isCertain: true,
  });
  if (args.unknown.length > 0) return null;
  switch (name) {
    case 'format': {
      const filled = braceFormat(self, args.positional, args.keywords);
      return filled === null ? null : text(filled);
    }
    case 'join': {
      const items = first === undefined ? null : itemsOf(first);
      const texts = items?.map((item) => (item.kind === 'text' ? item.value : null)) ?? [null];
      return texts.every((item) => item !== null) ? text(texts.join(self)) : null;
    }
    case 'split': {
      if (second !== undefined || args.keywords.size > 0) return null;
      if (first === undefined) return list(self.trim() === '' ? [] : self.trim().split(/\s+/));
      return word === null || word === '' ? null : list(self.split(word));
    }
    case 'splitlines':
      return list(self.replace(/\n$/, '').split('\n'));
    case 'upper':
      return text(self.toUpperCase());
    case 'lower':
      return text(self.toLowerCase());
    case 'title':
      return text(
        self
          .toLowerCase()
          .replaceAll(
            /(^|[^a-z])([a-z])/g,
            (_, before: string, letter: string) => before + letter.toUpperCase(),
          ),
      );
    case 'capitalize':
      return text(self.slice(0, 1).toUpperCase() + self.slice(1).toLowerCase());
    case 'strip':
    case 'lstrip':
    case 'rstrip':
      return first === undefined || word !== null ? text(stripped(self, name, word)) : null;
    case 'replace':
      return word !== null && word !== '' && second?.kind === 'text'
        ? text(self.replaceAll(word, () => second.value))
        : null;
    case 'startswith':
      return word === null ? null : boolean(self.startsWith(word));
    case 'endswith':
      return word === null ? null : boolean(self.endsWith(word));
    case 'zfill': {
      const width = first === undefined ? null : numberOf(first);
      return width === null || width > 1000 ? null : text(self.padStart(width, '0'));
    }
    case 'find':
      return word === null ? null : integer(self.indexOf(word));
    default:
      return null;
  }
}

function stripped(self: string, side: 'strip' | 'lstrip' | 'rstrip', letters: string | null): string {
  const isAway = (letter: string): boolean =>
    letters === null ? letter.trim() === '' : letters.includes(letter);
  const all = Array.from(self);
  const first = side === 'rstrip' ? 0 : all.findIndex((letter) => !isAway(letter));
  const last = side === 'lstrip' ? all.length - 1 : all.findLastIndex((letter) => !isAway(letter));
  return first < 0 ? '' : all.slice(first, last + 1).join('');
}

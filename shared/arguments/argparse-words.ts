import type { Argument, ArgumentCount, ArgumentForm } from './argument-form';
import {
  argumentKey,
  commandKey,
  commandNamed,
  commandPath,
  isPositional,
  type ArgumentEntry,
  type ParserPath,
} from './argument-values';
import { markOf, optionsOf, plain, type Options, type WordMark } from './word-marks';

/*
 * How argparse takes a command line apart, followed step by step (`_parse_known_args`, `_parse_optional`,
 * `consume_optional`, `consume_positionals`): words are marked A for a plain word, O for an option, - for `--`, and
 * what an argument may take is a pattern over these marks.
 */

/** What reading a command line against a form gives. */
export interface ParsedWords {
  readonly values: Record<string, ArgumentEntry>;
  /** Words that the form has no place for, in their order. */
  readonly rest: string[];
}

/** Takes words apart as argparse does. What argparse would refuse goes into `rest`. */
export function parseWords(form: ArgumentForm, words: readonly string[]): ParsedWords {
  const parsed: ParsedWords = { values: {}, rest: [] };
  new Parser(form, '', parsed).parse(words);
  return parsed;
}

type Positional = { readonly argument: Argument } | { readonly argument: null };

class Parser {
  readonly #form: ArgumentForm;
  readonly #path: ParserPath;
  readonly #parsed: ParsedWords;
  readonly #options: Options;
  #positionals: Positional[];
  #words: readonly string[] = [];
  #marks: WordMark[] = [];
  #pattern = '';

  constructor(form: ArgumentForm, path: ParserPath, parsed: ParsedWords) {
    this.#form = form;
    this.#path = path;
    this.#parsed = parsed;
    this.#options = optionsOf(form);
    this.#positionals = positionalsOf(form);
  }

  parse(words: readonly string[]): void {
    this.#mark(words);
    if (this.#marks.some(({ mark }) => mark === 'ambiguous')) {
      this.#parsed.rest.push(...words);
      return;
    }
    let at = 0;
    for (let next = this.#pattern.indexOf('O', at); next !== -1; next = this.#pattern.indexOf('O', at)) {
      if (at !== next) {
        const end = this.#consumePositionals(at);
        if (end > at) {
          at = end;
          continue;
        }
        this.#parsed.rest.push(...words.slice(at, next));
        at = next;
      }
      at = this.#consumeOption(at);
    }
    const end = this.#consumePositionals(at);
    this.#parsed.rest.push(...words.slice(end));
  }

  #mark(words: readonly string[]): void {
    let areAllPlain = false;
    this.#words = words;
    this.#marks = words.map((word) => {
      const mark = areAllPlain ? plain : markOf(this.#options, word);
      if (mark.mark === 'dashes') areAllPlain = true;
      return mark;
    });
    const letters = { plain: 'A', option: 'O', ambiguous: 'O', dashes: '-' } as const;
    this.#pattern = this.#marks.map(({ mark }) => letters[mark]).join('');
  }

  /** Gives the words from `at` on to as many positional arguments as they suffice for. Returns where it ended. */
  #consumePositionals(at: number): number {
    const rest = this.#pattern.slice(at);
    for (let count = this.#positionals.length; count > 0; count -= 1) {
      const taking = this.#positionals.slice(0, count);
      const match = new RegExp(`^${taking.map(positionalPattern).join('')}`).exec(rest);
      if (match === null) continue;
      this.#positionals = this.#positionals.slice(count);
      let from = at;
      for (const [index, positional] of taking.entries()) {
        const end = from + (match[index + 1]?.length ?? 0);
        this.#takePositional(positional, this.#words.slice(from, end));
        from = end;
      }
      return from;
    }
    return at;
  }

  #takePositional({ argument }: Positional, words: readonly string[]): void {
    if (argument === null) {
      this.#takeCommand(words);
      return;
    }
    const isRemainder = argument.action.kind === 'value' && argument.action.count === 'remainder';
    const dashes = isRemainder ? -1 : words.indexOf('--');
    const taken = words.filter((_, index) => index !== dashes);
    if (taken.length > 0)
      this.#parsed.values[argumentKey(this.#path, argument)] = { kind: 'words', uses: [taken] };
  }

  #takeCommand(words: readonly string[]): void {
    const [name = ''] = words;
    const choice = this.#form.commands === null ? null : commandNamed(this.#form.commands, name);
    if (choice === null) {
      this.#parsed.rest.push(...words);
      return;
    }
    this.#parsed.values[commandKey(this.#path)] = { kind: 'command', name };
    new Parser(choice.form, commandPath(this.#path, choice.name), this.#parsed).parse(words.slice(1));
  }

  /** Takes the option at `at` with its words. Returns where it ended. */
  #consumeOption(at: number): number {
    const mark = this.#marks[at];
    if (mark?.mark !== 'option' || mark.argument === null) return this.#leave(at);
    if (mark.explicit !== null) return this.#consumeExplicit(at, mark.argument, mark.flag, mark.explicit);
    const pattern = new RegExp(`^${optionPattern(mark.argument)}`);
    const match = pattern.exec(this.#pattern.slice(at + 1));
    if (match === null) return this.#leave(at);
    const end = at + 1 + match[0].length;
    this.#takeOption(mark.argument, mark.flag, this.#words.slice(at + 1, end));
    return end;
  }

  /** `--name=word`, `-b4`, and switches written as one, `-vvx`. */
  #consumeExplicit(at: number, argument: Argument, flag: string, explicit: string): number {
    const switches: { readonly argument: Argument; readonly flag: string }[] = [];
    let option = argument;
    let spelling = flag;
    let left: string | null = explicit;
    while (left !== null && !takesOneWord(option)) {
      const isShort = !this.#options.prefixes.has(spelling.charAt(1));
      if (takesWords(option) || !isShort || left === '') return this.#leave(at);
      switches.push({ argument: option, flag: spelling });
      spelling = spelling.charAt(0) + left.charAt(0);
      left = left.length > 1 ? left.slice(1) : null;
      const next = this.#options.byFlag.get(spelling);
      if (next === undefined) return this.#leave(at);
      option = next;
    }
    let end = at + 1;
    let words: readonly string[] = left === null ? [] : [left];
    if (left === null) {
      const match = new RegExp(`^${optionPattern(option)}`).exec(this.#pattern.slice(end));
      if (match === null) return this.#leave(at);
      words = this.#words.slice(end, end + match[0].length);
      end += match[0].length;
    }
    for (const each of switches) this.#takeOption(each.argument, each.flag, []);
    this.#takeOption(option, spelling, words);
    return end;
  }

  /** An option that has no place in the form: it and the plain words after it, which are likely its own, stay together. */
  #leave(at: number): number {
    const plainWords = /^A*/.exec(this.#pattern.slice(at + 1))?.[0].length ?? 0;
    const end = at + 1 + plainWords;
    this.#parsed.rest.push(...this.#words.slice(at, end));
    return end;
  }

  #takeOption(argument: Argument, flag: string, words: readonly string[]): void {
    const { action } = argument;
    const { values } = this.#parsed;
    const key = argumentKey(this.#path, argument);
    const before = values[key];
    if (action.kind === 'switch') values[key] = { kind: 'switch', given: true };
    else if (action.kind === 'on-off') values[key] = { kind: 'on-off', on: flag !== action.off };
    else if (action.kind === 'count')
      values[key] = { kind: 'count', times: (before?.kind === 'count' ? before.times : 0) + 1 };
    else {
      const earlier = action.repeats && before?.kind === 'words' ? before.uses : [];
      values[key] = { kind: 'words', uses: [...earlier, [...words]] };
    }
  }
}

function positionalsOf(form: ArgumentForm): Positional[] {
  const positionals: Positional[] = form.arguments.filter(isPositional).map((argument) => ({ argument }));
  if (form.commands === null) return positionals;
  const { after } = form.commands;
  return [...positionals.slice(0, after), { argument: null }, ...positionals.slice(after)];
}

function positionalPattern({ argument }: Positional): string {
  if (argument === null) return '(-*A[-AO]*)';
  if (argument.action.kind !== 'value') return '(-*-*)';
  const { count } = argument.action;
  if (typeof count === 'object') return `(-*${Array(count.exactly).fill('A').join('-*')}-*)`;
  return positionalPatterns[count];
}

const positionalPatterns: Record<Extract<ArgumentCount, string>, string> = {
  one: '(-*A-*)',
  optional: '(-*A?-*)',
  any: '(-*[A-]*)',
  some: '(-*A[A-]*)',
  remainder: '([-AO]*)',
};

function optionPattern({ action }: Argument): string {
  if (action.kind !== 'value') return '';
  if (typeof action.count === 'object') return `A{${action.count.exactly}}`;
  return optionPatterns[action.count];
}

const optionPatterns: Record<Extract<ArgumentCount, string>, string> = {
  one: 'A',
  optional: 'A?',
  any: 'A*',
  some: 'A+',
  remainder: '[AO]*',
};

function takesWords({ action }: Argument): boolean {
  return action.kind === 'value';
}

function takesOneWord({ action }: Argument): boolean {
  if (action.kind !== 'value') return false;
  return typeof action.count === 'object' ? action.count.exactly === 1 : true;
}

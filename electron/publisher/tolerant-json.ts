import type { Json } from '../../shared/json';

/**
 * The deepest nesting that is read. Python's own encoder stops just short of this, so no real message is refused,
 * and what passes can be walked, cloned and written again without running out of stack.
 */
export const maximumDepth = 1000;

/**
 * Reads JSON as Python's `json.dumps` writes it: strict JSON plus bare `NaN`, `Infinity` and `-Infinity`.
 * `__proto__` becomes an ordinary own key. Throws a SyntaxError on anything else and on nesting deeper than
 * `maximumDepth`.
 */
export function parseTolerantJson(text: string): Json {
  if (mayNestTooDeep(text)) refuseDeepNesting(text);
  // Looking for the words first costs a hundredth of the parse; a JSON.parse that fails costs more than a whole parse.
  if (text.includes('NaN') || text.includes('Infinity')) return new TolerantParser(text).parse();
  const value: unknown = JSON.parse(text);
  if (!isJson(value)) throw new SyntaxError('no value');
  return value;
}

/** JSON.parse gives nothing but JSON values; only its type does not say so. */
function isJson(value: unknown): value is Json {
  return value !== undefined;
}

/** Nesting needs as many opening brackets, so almost every text is cleared without looking at each character. */
function mayNestTooDeep(text: string): boolean {
  if (text.length <= 2 * maximumDepth) return false;
  let openings = 0;
  for (const bracket of ['[', '{']) {
    for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1)) {
      openings += 1;
      if (openings > maximumDepth) return true;
    }
  }
  return false;
}

function refuseDeepNesting(text: string): void {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === BACKSLASH) at += 1;
      else if (code === QUOTE) inString = false;
    } else if (code === QUOTE) {
      inString = true;
    } else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      depth += 1;
      if (depth > maximumDepth) throw new SyntaxError(`nested deeper than ${maximumDepth} levels`);
    } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) {
      depth -= 1;
    }
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const COMMA = 0x2c;
const COLON = 0x3a;

const WORDS = new Map<string, Json>([
  ['null', null],
  ['true', true],
  ['false', false],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);

/** Recursive descent; the depth is bounded by the check that runs before it. */
class TolerantParser {
  readonly #text: string;
  readonly #number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
  readonly #word = /-?[A-Za-z]+/y;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  parse(): Json {
    this.#skipSpace();
    const value = this.#value();
    this.#skipSpace();
    if (this.#at < this.#text.length) throw this.#unexpected();
    return value;
  }

  #value(): Json {
    const code = this.#text.charCodeAt(this.#at);
    if (code === QUOTE) return this.#string();
    if (code === OPEN_OBJECT) return this.#object();
    if (code === OPEN_LIST) return this.#list();
    return this.#numberOrWord();
  }

  #object(): Json {
    const object: Record<string, Json> = {};
    this.#at += 1;
    this.#skipSpace();
    if (this.#take(CLOSE_OBJECT)) return object;
    for (;;) {
      if (this.#text.charCodeAt(this.#at) !== QUOTE) throw this.#unexpected();
      const key = this.#string();
      this.#skipSpace();
      if (!this.#take(COLON)) throw this.#unexpected();
      this.#skipSpace();
      const value = this.#value();
      if (key === '__proto__') {
        // A plain assignment would change the object's prototype instead of setting a key.
        Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
      } else {
        object[key] = value;
      }
      this.#skipSpace();
      if (this.#take(CLOSE_OBJECT)) return object;
      if (!this.#take(COMMA)) throw this.#unexpected();
      this.#skipSpace();
    }
  }

  #list(): Json {
    const list: Json[] = [];
    this.#at += 1;
    this.#skipSpace();
    if (this.#take(CLOSE_LIST)) return list;
    for (;;) {
      list.push(this.#value());
      this.#skipSpace();
      if (this.#take(CLOSE_LIST)) return list;
      if (!this.#take(COMMA)) throw this.#unexpected();
      this.#skipSpace();
    }
  }

  #string(): string {
    const text = this.#text;
    const start = this.#at;
    let escaped = false;
    for (let at = start + 1; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) {
        this.#at = at + 1;
        // Escapes are left to JSON.parse, which is strict about them.
        return escaped ? String(JSON.parse(text.slice(start, at + 1))) : text.slice(start + 1, at);
      }
      if (code === BACKSLASH) {
        escaped = true;
        at += 1;
      } else if (code < 0x20) {
        this.#at = at;
        throw this.#unexpected();
      }
    }
    throw new SyntaxError('a string does not end');
  }

  #numberOrWord(): Json {
    const number = this.#match(this.#number);
    if (number !== null) return Number(number);
    const before = this.#at;
    const word = this.#match(this.#word);
    const value = word === null ? undefined : WORDS.get(word);
    if (value !== undefined) return value;
    this.#at = before;
    throw this.#unexpected();
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found === null) return null;
    this.#at = pattern.lastIndex;
    return found[0];
  }

  #take(code: number): boolean {
    if (this.#text.charCodeAt(this.#at) !== code) return false;
    this.#at += 1;
    return true;
  }

  #skipSpace(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at += 1;
    }
  }

  #unexpected(): SyntaxError {
    const found = this.#text[this.#at];
    if (found === undefined) return new SyntaxError('the text ends too early');
    return new SyntaxError(`unexpected ${JSON.stringify(found)} at position ${this.#at}`);
  }
}

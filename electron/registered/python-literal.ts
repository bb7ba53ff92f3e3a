/** A value of the Python literals that NumPy's headers are made of. */
export type PythonLiteral =
  | string
  | number
  | boolean
  | null
  | readonly PythonLiteral[]
  | ReadonlyMap<string, PythonLiteral>;

/** Deeper than any header is nested; a hostile one must not use up the stack. */
const deepest = 50;

/** Reads a Python literal: dict, tuple, list, string, whole number, True, False, None. Throws a `SyntaxError`. */
export function parsePythonLiteral(text: string): PythonLiteral {
  const reader = new LiteralReader(text);
  const value = reader.value(0);
  reader.end();
  return value;
}

const words = new Map<string, PythonLiteral>([
  ['True', true],
  ['False', false],
  ['None', null],
]);

class LiteralReader {
  #place = 0;

  constructor(private readonly text: string) {}

  value(depth: number): PythonLiteral {
    if (depth > deepest) throw new SyntaxError('it is nested too deeply');
    const next = this.#peek();
    if (next === '{') return this.#dict(depth);
    if (next === '(') return this.#list(')', depth);
    if (next === '[') return this.#list(']', depth);
    if (next === "'" || next === '"') return this.#string();
    const [word = ''] = this.#match(/[-+\w]+/y) ?? [];
    const named = words.get(word);
    if (named !== undefined) return named;
    if (/^[-+]?\d+L?$/.test(word)) return Number(word.replace('L', ''));
    throw new SyntaxError(`unexpected ${JSON.stringify(word || next)}`);
  }

  end(): void {
    if (this.#peek() !== '') throw new SyntaxError('something follows it');
  }

  #dict(depth: number): ReadonlyMap<string, PythonLiteral> {
    const entries = new Map<string, PythonLiteral>();
    this.#take('{');
    while (this.#peek() !== '}') {
      this.#peek();
      const key = this.#string();
      this.#take(':');
      entries.set(key, this.value(depth + 1));
      if (this.#peek() !== '}') this.#take(',');
    }
    this.#take('}');
    return entries;
  }

  #list(close: ')' | ']', depth: number): PythonLiteral[] {
    const items: PythonLiteral[] = [];
    this.#place += 1;
    while (this.#peek() !== close) {
      items.push(this.value(depth + 1));
      if (this.#peek() !== close) this.#take(',');
    }
    this.#take(close);
    return items;
  }

  #string(): string {
    const [whole] = this.#match(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/y) ?? [];
    if (whole === undefined) throw new SyntaxError('a string is missing');
    return whole.slice(1, -1).replace(/\\(.)/g, '$1');
  }

  #take(character: string): void {
    if (this.#peek() !== character) throw new SyntaxError(`${character} is missing`);
    this.#place += 1;
  }

  /** The next character that is no space; empty at the end. */
  #peek(): string {
    this.#match(/\s*/y);
    return this.text.charAt(this.#place);
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#place;
    const found = pattern.exec(this.text);
    if (found !== null) this.#place = pattern.lastIndex;
    return found;
  }
}

/** Bits of one word, and lines of one block of the directory. */
const wordBits = 32;
const blockLines = 512;
const wordsPerBlock = blockLines / wordBits;

/** How often a line can be counted; more in one line count as so many. */
const mostPerLine = 0xffff;

/**
 * Lines of a log, added in ascending order: one bit for each line of the log, so that ten million take 1.25 MB however
 * many are in it. Tells the position of a line among them, the line at a position, and neighbours. Each line carries a
 * count of at least 1, which takes room (2 bytes a line) only once one is more than 1.
 */
export class LineSet {
  #words = new Uint32Array(64);
  /** Lines, and counts, before each block. */
  #linesBefore = new Uint32Array(4);
  #totalBefore = new Float64Array(4);
  #blocks = 1;
  #counts: Uint16Array | null = null;
  #size = 0;
  #total = 0;
  #end = 0;

  /** Number of lines in the set. */
  get size(): number {
    return this.#size;
  }

  /** Sum of the lines' counts. */
  get total(): number {
    return this.#total;
  }

  /** Adds a line after all that are in it. */
  add(line: number, count = 1): void {
    if (line < this.#end)
      throw new RangeError(`line ${line} was added to a set that goes up to ${this.#end}`);
    this.#reach(line);
    const word = line >>> 5;
    this.#words[word] = (this.#words[word] ?? 0) | (1 << (line & 31));
    const kept = Math.min(mostPerLine, Math.max(1, count));
    if (kept > 1) this.#counts ??= new Uint16Array(Math.max(64, this.#size * 2)).fill(1, 0, this.#size);
    if (this.#counts !== null) {
      if (this.#size === this.#counts.length) this.#counts = enlarged16(this.#counts);
      this.#counts[this.#size] = kept;
    }
    this.#size += 1;
    this.#total += kept;
    this.#end = line + 1;
  }

  /** Takes out every line from `line` on. */
  truncate(line: number): void {
    if (line >= this.#end) return;
    const size = this.rank(line);
    this.#total = this.totalBefore(line);
    this.#size = size;
    const word = line >>> 5;
    this.#words[word] = (this.#words[word] ?? 0) & ~(-1 << (line & 31));
    this.#words.fill(0, word + 1, ((this.#end - 1) >>> 5) + 1);
    this.#end = line;
    this.#blocks = Math.floor(line / blockLines) + 1;
  }

  has(line: number): boolean {
    return ((this.#words[line >>> 5] ?? 0) & (1 << (line & 31))) !== 0 && line < this.#end;
  }

  /** How many lines of the set come before `line`. */
  rank(line: number): number {
    if (line >= this.#end) return this.#size;
    const block = Math.floor(line / blockLines);
    let rank = this.#linesBefore[block] ?? 0;
    const last = line >>> 5;
    for (let word = block * wordsPerBlock; word < last; word += 1) rank += bitCount(this.#words[word] ?? 0);
    return rank + bitCount((this.#words[last] ?? 0) & ~(-1 << (line & 31)));
  }

  /** Sum of the counts of the lines before `line`. */
  totalBefore(line: number): number {
    const rank = this.rank(line);
    if (this.#counts === null) return rank;
    if (rank === this.#size) return this.#total;
    const block = Math.floor(line / blockLines);
    let total = this.#totalBefore[block] ?? 0;
    for (let at = this.#linesBefore[block] ?? 0; at < rank; at += 1) total += this.#counts[at] ?? 1;
    return total;
  }

  /** The count of a line of the set; 0 for one that is not in it. */
  countOf(line: number): number {
    if (!this.has(line)) return 0;
    return this.#counts === null ? 1 : (this.#counts[this.rank(line)] ?? 1);
  }

  /** The line at a position among the lines of the set; null beyond them. */
  at(position: number): number | null {
    if (position < 0 || position >= this.#size) return null;
    let low = 0;
    let high = this.#blocks;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((this.#linesBefore[middle] ?? 0) <= position) low = middle;
      else high = middle;
    }
    let left = position - (this.#linesBefore[low] ?? 0);
    for (let word = low * wordsPerBlock; ; word += 1) {
      const bits = this.#words[word] ?? 0;
      const count = bitCount(bits);
      if (left < count) return word * wordBits + bitAt(bits, left);
      left -= count;
    }
  }

  /** The first line of the set that is `line` or after it; null for none. */
  atOrAfter(line: number): number | null {
    return this.at(this.rank(line));
  }

  /** The last line of the set before `line`; null for none. */
  before(line: number): number | null {
    return this.at(this.rank(line) - 1);
  }

  /** Makes room for a line, and closes the blocks before its own. */
  #reach(line: number): void {
    const word = line >>> 5;
    if (word >= this.#words.length) {
      const larger = new Uint32Array(Math.max(word + 1, Math.ceil(this.#words.length * 1.5)));
      larger.set(this.#words);
      this.#words = larger;
    }
    const block = Math.floor(line / blockLines);
    if (block >= this.#linesBefore.length) {
      const length = Math.max(block + 1, Math.ceil(this.#linesBefore.length * 1.5));
      const lines = new Uint32Array(length);
      lines.set(this.#linesBefore);
      this.#linesBefore = lines;
      const totals = new Float64Array(length);
      totals.set(this.#totalBefore);
      this.#totalBefore = totals;
    }
    for (; this.#blocks <= block; this.#blocks += 1) {
      this.#linesBefore[this.#blocks] = this.#size;
      this.#totalBefore[this.#blocks] = this.#total;
    }
  }
}

function enlarged16(values: Uint16Array): Uint16Array {
  const larger = new Uint16Array(Math.ceil(values.length * 1.5));
  larger.set(values);
  return larger;
}

function bitCount(bits: number): number {
  let count = bits - ((bits >>> 1) & 0x55555555);
  count = (count & 0x33333333) + ((count >>> 2) & 0x33333333);
  return (((count + (count >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/** The place of the bit that has `left` set bits below it. */
function bitAt(bits: number, left: number): number {
  let rest = bits;
  for (let skipped = 0; skipped < left; skipped += 1) rest &= rest - 1;
  return 31 - Math.clz32(rest & -rest);
}

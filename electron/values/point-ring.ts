import { pinHistory } from '../../shared/domain/pin';

/** Times of one pin: within this many milliseconds values share a point, of which the least and greatest are kept. */
const pointWidth = 100;

/** The most points of a ring: an hour of them. */
const mostPoints = pinHistory / pointWidth;

/** A clock that jumps back by more than this, milliseconds, was set; less is a message that came by another way. */
const clockTolerance = 5000;

/** Points of a time series: when, and the least and greatest value around then (NaN where it was none). */
export interface Points {
  readonly at: Float64Array;
  readonly least: Float64Array;
  readonly greatest: Float64Array;
}

/** The last hour of a number: at most one point for each tenth of a second. Grows with what it holds. */
export class PointRing {
  #at = new Float64Array(256);
  #least = new Float64Array(256);
  #greatest = new Float64Array(256);
  #first = 0;
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Takes a value. `now` tells a clock that was set back from a value that comes late, which is left out. */
  add(at: number, value: number, now: number): void {
    this.#forget(Math.max(at, now) - pinHistory);
    const last = this.#lastAt();
    if (last !== null && at < last) {
      if (isLate(at, last, now)) {
        if (last - at < pointWidth) this.#widen(value);
        return;
      }
      this.#forgetAfter(at);
    }
    const newest = this.#lastAt();
    if (newest !== null && Math.floor(newest / pointWidth) === Math.floor(at / pointWidth))
      this.#widen(value);
    else this.#push(at, value, value);
  }

  /** Puts stored points before all others. Only for a ring that holds nothing older. */
  static from(points: Points, now: number): PointRing {
    const ring = new PointRing();
    for (const [index, at] of points.at.entries()) {
      if (at < now - pinHistory || at > now) continue;
      ring.#push(at, points.least[index] ?? Number.NaN, points.greatest[index] ?? Number.NaN);
    }
    return ring;
  }

  /** What happened at or after a time, in at most `most` points: spans of time that do not move while time goes on. */
  read(from: number, now: number, most: number): Points {
    const width = Math.max(pointWidth, Math.ceil((now - from) / most / pointWidth) * pointWidth);
    const merged: [number, number, number][] = [];
    let span = Number.NaN;
    for (let step = this.#indexFrom(from); step < this.#count; step += 1) {
      const index = this.#place(step);
      const at = this.#at[index] ?? 0;
      const least = this.#least[index] ?? Number.NaN;
      const greatest = this.#greatest[index] ?? Number.NaN;
      const current = merged.at(-1);
      if (current === undefined || Math.floor(at / width) !== span) {
        span = Math.floor(at / width);
        merged.push([at, least, greatest]);
      } else {
        current[1] = lesser(current[1], least);
        current[2] = greater(current[2], greatest);
      }
    }
    return {
      at: Float64Array.from(merged, ([at]) => at),
      least: Float64Array.from(merged, ([, least]) => least),
      greatest: Float64Array.from(merged, ([, , greatest]) => greatest),
    };
  }

  #widen(value: number): void {
    const index = this.#place(this.#count - 1);
    this.#least[index] = lesser(this.#least[index] ?? value, value);
    this.#greatest[index] = greater(this.#greatest[index] ?? value, value);
  }

  #push(at: number, least: number, greatest: number): void {
    if (this.#count === this.#at.length) {
      if (this.#count < mostPoints) this.#grow();
      else this.#first = this.#place(1);
    }
    if (this.#count < this.#at.length) this.#count += 1;
    const index = this.#place(this.#count - 1);
    this.#at[index] = at;
    this.#least[index] = least;
    this.#greatest[index] = greatest;
  }

  #grow(): void {
    const size = Math.min(mostPoints, this.#at.length * 2);
    const order = Array.from({ length: this.#count }, (_, step) => this.#place(step));
    const grown = (values: Float64Array): Float64Array<ArrayBuffer> => {
      const larger = new Float64Array(size);
      for (const [step, index] of order.entries()) larger[step] = values[index] ?? Number.NaN;
      return larger;
    };
    this.#at = grown(this.#at);
    this.#least = grown(this.#least);
    this.#greatest = grown(this.#greatest);
    this.#first = 0;
  }

  #forget(before: number): void {
    while (this.#count > 0 && (this.#at[this.#first] ?? 0) < before) {
      this.#first = this.#place(1);
      this.#count -= 1;
    }
  }

  #forgetAfter(at: number): void {
    while (this.#count > 0 && (this.#lastAt() ?? 0) > at) this.#count -= 1;
  }

  #lastAt(): number | null {
    return this.#count === 0 ? null : (this.#at[this.#place(this.#count - 1)] ?? null);
  }

  /** The first step at or after a time, by halving. */
  #indexFrom(from: number): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#at[this.#place(middle)] ?? 0) < from) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #place(step: number): number {
    return (this.#first + step) % this.#at.length;
  }
}

/** Whether a value comes late, after a newer one; where the clock was set back it does not. Unix milliseconds. */
export function isLate(at: number, newest: number, now: number): boolean {
  return at < newest && newest <= now + clockTolerance;
}

/** NaN only where both are: one good value among many is to be seen. */
function lesser(one: number, other: number): number {
  if (Number.isNaN(one)) return other;
  return Number.isNaN(other) ? one : Math.min(one, other);
}

function greater(one: number, other: number): number {
  if (Number.isNaN(one)) return other;
  return Number.isNaN(other) ? one : Math.max(one, other);
}

import type { BarProgress } from '../../shared/domain/bar-progress';

/** A bar stands in the newest bytes of a piece, or it is not the newest state. */
const newestBytes = 4096;

/** The longest description that is shown. */
const descriptionLimit = 80;

// oxlint-disable-next-line no-control-regex -- cursor movements of nested bars, and colours
const escapes = /\x1b\[[\d;?]*[A-Za-z]/g;

/** `desc:  37%|###7      | 37/100 [00:12<00:20,  3.10it/s, loss=0.1]` */
const withTotal =
  /^(?<description>.*?)\s*(?<percent>\d{1,3})%\|[^|]*\|\s*(?<done>[\d.]+[kMGTP]?)\/(?<total>[\d.?]+[kMGTP]?)\s*\[(?<elapsed>[\d:.]+)<(?<remaining>[\d:.?]+|[^,\]]*),\s*(?<rate>[^,\]]*)/;

/** `desc: 12it [00:03, 4.00it/s]` */
const withoutTotal =
  /^(?<description>.*?)\s*(?<done>[\d.]+[kMGTP]?)[A-Za-z][\w ]{0,20}\s\[(?<elapsed>[\d:.]+),\s*(?<rate>[^,\]]*)/;

/** Reads one state of a bar that tqdm drew; null for other text. */
export function parseBar(text: string): BarProgress | null {
  const plain = text.replace(escapes, '').trim();
  if (plain.length > 1000) return null;
  const found = withTotal.exec(plain)?.groups ?? withoutTotal.exec(plain)?.groups;
  if (found === undefined) return null;
  const { description = '', percent, done = '', total, elapsed = '', remaining, rate } = found;
  const known = (value: string | undefined): string | null =>
    value === undefined || value === '' || value.startsWith('?') ? null : value.trim();
  return {
    description: description.replace(/:\s*$/, '').slice(0, descriptionLimit),
    percent: percent === undefined ? null : Math.min(100, Number(percent)),
    done,
    total: known(total),
    elapsed,
    remaining: known(remaining),
    rate: known(rate),
  };
}

/** Follows the newest bar in a run's output. Costs next to nothing where there is none. */
export class BarReader {
  #rest: Buffer = Buffer.alloc(0);
  #bar: BarProgress | null = null;

  /** The newest state of the newest bar; null before there is one. */
  get bar(): BarProgress | null {
    return this.#bar;
  }

  /** Takes the next bytes of the output. */
  take(bytes: Buffer): void {
    const newest = bytes.subarray(-newestBytes);
    const joined =
      newest.length === newestBytes ? newest : Buffer.concat([this.#rest, newest]).subarray(-newestBytes);
    this.#rest = Buffer.from(joined.subarray(-1024));
    if (!mayHoldBar(joined)) return;
    const states = joined.toString('utf8').split(/[\r\n]/);
    for (let at = states.length - 1; at >= 0; at -= 1) {
      const state = states[at] ?? '';
      const bar = state.includes('[') ? parseBar(state) : null;
      if (bar === null) continue;
      this.#bar = bar;
      return;
    }
  }
}

function mayHoldBar(bytes: Buffer): boolean {
  return bytes.includes('%|') || bytes.includes('/s') || bytes.includes('s/');
}

import { formatCount } from '../components/time-text';
import type { SeriesSummary } from './plot-data';

const plainFormat = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 7 });

/** A number of a plot to seven digits; very large and very small ones with an exponent, NaN and ±Infinity as they are. */
export function plotNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e9 || size < 1e-4)) return trimExponent(value.toExponential(6));
  return plainFormat.format(value);
}

/** The labels of an axis, so that neighbours differ and zero is zero. */
export function tickTexts(ticks: readonly number[]): string[] {
  const greatest = Math.max(...ticks.map(Math.abs));
  const step = ticks.length > 1 ? Math.abs((ticks[1] ?? 0) - (ticks[0] ?? 0)) : greatest;
  if (greatest !== 0 && (greatest >= 1e7 || greatest < 1e-3)) {
    const digits = Math.max(
      0,
      Math.min(15, Math.floor(Math.log10(greatest)) - Math.floor(Math.log10(step || greatest)) + 1),
    );
    return ticks.map((tick) => (tick === 0 ? '0' : trimExponent(tick.toExponential(digits))));
  }
  const format = new Intl.NumberFormat('en-GB', {
    maximumFractionDigits: step > 0 ? Math.max(0, Math.min(20, 1 - Math.floor(Math.log10(step)))) : 6,
  });
  // Adding zero turns the -0 of a rounded axis into 0.
  return ticks.map((tick) => format.format(tick + 0));
}

/** A line in a sentence: `noise: 5,000 values, least −1.2, greatest 3.4, mean 0.5, 3 NaN`. */
export function summaryText(name: string, summary: SeriesSummary, unit: string): string {
  const { count, notANumber, infinite, least, greatest, mean } = summary;
  const counted = count === 1 ? '1 value' : `${formatCount(count)} values`;
  const facts = [counted];
  if (least === null || greatest === null || mean === null) facts.push('none of them finite');
  else {
    facts.push(`least ${plotNumber(least)}${unit}`, `greatest ${plotNumber(greatest)}${unit}`);
    facts.push(`mean ${plotNumber(mean)}${unit}`);
  }
  if (notANumber > 0) facts.push(`${formatCount(notANumber)} NaN`);
  if (infinite > 0) facts.push(`${formatCount(infinite)} Infinity`);
  return `${name}: ${facts.join(', ')}`;
}

/** Unix milliseconds as the readout under the pointer says them, in UTC to the millisecond. */
export function plotTime(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? plotNumber(time) : date.toISOString().slice(0, 23).replace('T', ' ');
}

function trimExponent(text: string): string {
  return text.replace(/\.?0*e\+?/, 'e');
}

import { expect, test } from 'vitest';
import { nextMarks, noMarks } from '../../renderer/session/change-marks';
import { previewJson } from '../../renderer/session/json-preview';
import { searchJson } from '../../renderer/session/json-search';
import { rowId, treeRows } from '../../renderer/session/json-tree';
import { isNumberList, sparklinePath } from '../../renderer/session/plot-lines';
import type { Session } from '../../shared/domain/session';
import { runIdSchema } from '../../shared/domain/ids';

/*
 * What the window does with session data at each change, told as a ratio to one JSON.parse of the same data, which is
 * the least that anybody who receives it has to do.
 */

const keys = 100;
const length = 5000;
const run = runIdSchema.parse('20261123-020000-abcdef');

function session(step: number): Session {
  const value = (key: number): number[] =>
    Array.from({ length }, (_, index) => (index === 0 ? step : Math.sin(index / 50 + key) * 100));
  const names = Array.from({ length: keys }, (_, key) => `key${key}`);
  return {
    run,
    data: Object.fromEntries(names.map((name, key) => [name, value(key)])),
    changedAt: Object.fromEntries(names.map((name) => [name, step])),
    messages: [],
  };
}

/** The middle of several takes, in milliseconds. */
function timeOf(work: () => void): number {
  const takes = Array.from({ length: 15 }, () => {
    const begun = performance.now();
    work();
    return performance.now() - begun;
  });
  return takes.toSorted((one, other) => one - other)[7] ?? 0;
}

test('100 lists of 5,000 numbers that all change cost less than to parse them', () => {
  const before = session(1);
  const after = session(2);
  const text = JSON.stringify(after.data);
  const parse = timeOf(() => void JSON.parse(text));
  const open = new Set([rowId(['key0'])]);
  const inSight = 30;
  const draw = timeOf(() => {
    for (const row of treeRows(after.data, open).slice(0, inSight)) {
      previewJson(row.value);
      if (isNumberList(row.value)) sparklinePath(row.value, 56, 16);
    }
  });
  const mark = timeOf(() => nextMarks(noMarks(before), after, (key) => key === 'key0'));
  const search = timeOf(() => {
    for (const steps = searchJson(after.data, '99.99'); steps.next().done !== true;);
  });
  console.log(
    `parse ${parse.toFixed(1)} ms; rows in sight ${draw.toFixed(2)} ms; marks of one unfolded key ` +
      `${mark.toFixed(2)} ms; search of all ${search.toFixed(0)} ms, in stretches of 6 ms`,
  );
  expect((draw + mark) / parse).toBeLessThan(1);
});

import { describe, expect, it } from 'vitest';
import { groupFiles, isPlot } from '../../../../renderer/files/file-groups';
import { shortName } from '../../../../renderer/files/file-text';
import { indexAfterKey } from '../../../../renderer/files/Plots';
import { rampColor } from '../../../../renderer/files/HeatMap';
import { fileIdSchema } from '../../../../shared/domain/registered-file';
import { found, sampleFile } from './samples';

describe('the groups of files', () => {
  it('are those of their actions, the newest first, each file once', () => {
    const files = [
      sampleFile(5, { action: 'take_noise', actionTs: '1795455521' }),
      sampleFile(4, { action: null, actionTs: null }),
      sampleFile(3, { action: 'take_noise', actionTs: '1795455521' }),
      sampleFile(2, { action: 'take_noise', actionTs: '1795455000' }),
      sampleFile(1, { action: 'odd', actionTs: 'yesterday' }),
      sampleFile(5, { action: 'take_noise', actionTs: '1795455521' }),
    ];
    expect(
      groupFiles(files).map(({ title, time, files: grouped }) => [
        title,
        time,
        grouped.map((file) => file.id),
      ]),
    ).toEqual([
      ['take_noise', '2026-11-23 17:38:41', [5, 3]],
      ['Outside an action', '2026-11-23 02:00:04', [4]],
      ['take_noise', '2026-11-23 17:30:00', [2]],
      ['odd', '2026-11-23 02:00:01', [1]],
    ]);
  });

  it('count as plots what is one by its bytes, or until they are known by what is said', () => {
    const silent = sampleFile(1, { path: '/data/overview', plot: false });
    const id = fileIdSchema.parse(1);
    expect(isPlot(silent, undefined)).toBe(false);
    expect(isPlot(silent, found(id))).toBe(true);
    const named = sampleFile(1, { path: '/data/a.PNG', plot: false });
    expect(isPlot(named, undefined)).toBe(true);
    expect(isPlot(named, found(id, { kind: 'text' }))).toBe(false);
    expect(isPlot(named, found(id, { kind: 'unknown', state: 'missing' }))).toBe(true);
    expect(isPlot(named, found(id, { kind: 'unknown', state: 'ready' }))).toBe(false);
  });
});

it('a name is shortened by the time stamp of its action only', () => {
  expect(shortName(sampleFile(1, { path: '/d/17_iv.png', actionTs: '17' }))).toBe('iv.png');
  expect(shortName(sampleFile(1, { path: '/d/17_', actionTs: '17' }))).toBe('17_');
  expect(shortName(sampleFile(1, { path: '/d/_iv.png', actionTs: null }))).toBe('_iv.png');
});

it('arrows move between plots and stop at the ends', () => {
  expect(['ArrowRight', 'ArrowDown', 'Home', 'End', 'x'].map((key) => indexAfterKey(key, 3, 4, 9))).toEqual([
    4,
    7,
    0,
    8,
    null,
  ]);
  expect(indexAfterKey('ArrowUp', 3, 4, 9)).toBe(0);
  expect(indexAfterKey('ArrowDown', 7, 4, 9)).toBe(8);
});

it('colours go from the lowest to the highest value', () => {
  expect([rampColor(0), rampColor(1), rampColor(-3), rampColor(9)]).toEqual([
    [68, 1, 84],
    [253, 231, 37],
    [68, 1, 84],
    [253, 231, 37],
  ]);
});

import { expect, it } from 'vitest';
import { pairPlots } from '../../../../renderer/files/ComparedPlots';
import { fileIdSchema, type RegisteredFile } from '../../../../shared/domain/registered-file';
import { slotId } from '../support/samples';

function plot(id: number, path: string, actionTs: string | null = null): RegisteredFile {
  return {
    id: fileIdSchema.parse(id),
    slot: slotId,
    run: null,
    action: 'take_noise',
    actionTs,
    path,
    type: 'plot',
    format: 'png',
    plot: true,
    archive: null,
    publishedAt: null,
    receivedAt: id,
    isReplaced: false,
  };
}

it('plots are paired by their name without its time, pairs first, in the order of their numbers', () => {
  const before = [
    plot(9, '/data/1584402020_noise_ch12.png', '1584402020'),
    plot(8, '/data/1584402020_noise_ch2.png'),
    plot(7, '/data/1584400000_noise_ch2.png'),
    plot(6, '/data/1584402020_only_before.png'),
  ];
  const after = [
    plot(20, '/data/1584409999_noise_ch2.png', '1584409999'),
    plot(21, '/data/1584409999_noise_ch12.png'),
  ];
  const pairs = pairPlots(before, after);
  expect(pairs.map(({ name, before: one, after: other }) => [name, one?.id, other?.id])).toEqual([
    // Of two of a name in one run, the newest: they come newest first.
    ['noise_ch2.png', 8, 20],
    ['noise_ch12.png', 9, 21],
    ['only_before.png', 6, undefined],
  ]);
});

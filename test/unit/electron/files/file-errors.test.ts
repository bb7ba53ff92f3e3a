import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { fileCause } from '../../../../electron/files/file-errors';

const coded = (code: unknown): Error => Object.assign(new Error('raw words'), { code });

describe('fileCause', () => {
  it('says in words what the system says in code', async () => {
    const missing: unknown = await readFile('/nowhere/at/all').catch((error: unknown) => error);
    const folder: unknown = await readFile('/').catch((error: unknown) => error);
    expect([missing, folder, coded('ENOSPC')].map(fileCause)).toEqual([
      'it does not exist',
      'it is a folder',
      'the disk is full',
    ]);
  });

  it('keeps a code that it has no words for, and what is no error of the system', () => {
    expect(fileCause(coded('EXDEV'))).toBe('the system says EXDEV');
    expect([coded('ERR_OUT_OF_RANGE'), coded(7), new Error('raw words'), 'raw words'].map(fileCause)).toEqual(
      Array.from({ length: 4 }, () => 'raw words'),
    );
  });
});

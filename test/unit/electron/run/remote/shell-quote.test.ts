import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoteWords } from '../../../../../electron/run/remote/shell-quote';

const run = promisify(execFile);

/** What the real shell makes of a command line. */
async function readBack(line: string): Promise<string[]> {
  const { stdout } = await run('sh', ['-c', String.raw`printf '%s\0' ` + line]);
  return stdout.split('\0').slice(0, -1);
}

describe('quoteWords', () => {
  it('leaves plain words as they are', () => {
    expect(quoteWords(['python3', '-I', '/data/a_b-1.2,c:d@e%f+g'])).toBe(
      'python3 -I /data/a_b-1.2,c:d@e%f+g',
    );
  });

  it.each([
    [['']],
    [["it's"]],
    [['$HOME', '`id`', '$(id)', '!!', '~', '*', '#', '\\', '"', '\n', ';', '&', '=x']],
  ])('is read back by sh: %j', async (words) => {
    expect(await readBack(quoteWords(words))).toEqual(words);
  });

  it('is read back by sh, whatever the words', async () => {
    const anything = fc
      .string({ unit: 'binary' })
      .filter((text) => !text.includes('\0') && text.isWellFormed());
    const nasty = fc.string({
      unit: fc.constantFrom("'", '"', '\\', '$', '`', '\n', ' ', '*', '~', '-', 'a'),
    });
    const words = fc.array(fc.oneof(anything, nasty), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(words, async (given) => {
        expect(await readBack(quoteWords(given))).toEqual(given);
      }),
      { numRuns: 60 },
    );
  });
});

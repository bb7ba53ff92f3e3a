import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { saveSessionData } from '../../../../electron/session/save-session-data';

const execute = promisify(execFile);
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smurf-panel-save-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('Python reads back what it once published', async () => {
  const path = join(folder, 'säve "1".json');
  const odd = {
    noise: [1.5, Number.NaN, -Number.POSITIVE_INFINITY],
    'é\n"\u0000': { null: null, deep: [[]] },
  };
  expect(await saveSessionData(path, { ...odd, text: 'NaN', half: '\ud800', empty: {} })).toEqual({
    ok: true,
    value: (await readFile(path)).length,
  });
  const program = `
import json, math, sys
data = json.load(open(sys.argv[1], encoding='utf-8'))
assert list(data) == ['noise', 'é\\n"\\0', 'text', 'half', 'empty'], list(data)
assert math.isnan(data['noise'][1]) and data['noise'][2] == -math.inf and data['noise'][0] == 1.5
assert data['é\\n"\\0'] == {'null': None, 'deep': [[]]} and data['half'] == '\\ud800' and data['text'] == 'NaN'
print('read')`;
  const { stdout } = await execute('python3', ['-c', program, path]);
  expect(stdout).toBe('read\n');
  expect(await readdir(folder)).toEqual(['säve "1".json']);
});

test('an empty session is an empty object', async () => {
  const path = join(folder, 'empty.json');
  await saveSessionData(path, {});
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({});
});

test('a file that is there is replaced as a whole, and stays where the new one cannot be written', async () => {
  const path = join(folder, 'session.json');
  await writeFile(path, 'old');
  expect((await saveSessionData(path, { a: 1 })).ok).toBe(true);
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ a: 1 });
  const taken = join(folder, 'taken');
  await mkdir(join(taken, 'inside'), { recursive: true });
  expect(await saveSessionData(taken, { a: 1 })).toMatchObject({
    ok: false,
    error: { code: 'file-not-written', message: expect.stringContaining(taken) },
  });
  expect(await saveSessionData(join(folder, 'missing', 'a.json'), {})).toMatchObject({ ok: false });
  expect((await readdir(folder)).toSorted()).toEqual(['session.json', 'taken']);
});

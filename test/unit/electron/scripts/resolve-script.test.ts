import { describe, expect, test } from 'vitest';
import { resolveScript } from '../../../../electron/scripts/resolve-script';

const catalogue = ['/scripts/take_iv.py', '/scripts/old/take_iv.py', '/scripts/tune.py'].map((path) => ({
  path,
  name: path.slice(path.lastIndexOf('/') + 1),
  folder: '/scripts',
}));

describe('the script that the operator means', () => {
  test.each([
    ['/anywhere/else.py', '/anywhere/else.py'],
    ['  /scripts/tune.py ', '/scripts/tune.py'],
    ['tune.py', '/scripts/tune.py'],
    ['old/take_iv.py', '/scripts/old/take_iv.py'],
  ])('%j is %s', (wanted, path) => {
    expect(resolveScript(wanted, catalogue, false)).toEqual({ ok: true, value: path });
  });

  test.each([
    ['', 'script-missing'],
    ['une.py', 'script-missing'],
    ['unknown.py', 'script-missing'],
    ['take_iv.py', 'script-ambiguous'],
  ])('%j is refused as %s', (wanted, code) => {
    const message: unknown = expect.stringContaining(wanted);
    expect(resolveScript(wanted, catalogue, false)).toEqual({ ok: false, error: { code, message } });
  });
});

describe('on a machine with Windows', () => {
  const listed = ['C:/scripts/take_iv.py', '\\\\daq/share/tune.py', 'relative/noise.py'].map((path) => ({
    path,
    name: path.slice(path.lastIndexOf('/') + 1),
    folder: 'C:/scripts',
  }));

  test.each([
    ['C:\\scripts\\take_iv.py', 'C:/scripts/take_iv.py'],
    ['C:\\scripts/take_iv.py', 'C:/scripts/take_iv.py'],
    ['d:/else where/other.py', 'd:/else where/other.py'],
    ['\\\\daq\\share\\tune.py', '\\\\daq/share/tune.py'],
    ['take_iv.py', 'C:/scripts/take_iv.py'],
    ['relative/noise.py', 'relative/noise.py'],
  ])('%j is %s', (wanted, path) => {
    expect(resolveScript(wanted, listed, true)).toEqual({ ok: true, value: path });
  });

  test.each(['C:take_iv.py', 'scripts\\unknown.py'])('%j is no full path', (wanted) => {
    expect(resolveScript(wanted, listed, true)).toMatchObject({
      ok: false,
      error: { code: 'script-missing' },
    });
  });

  test('and nowhere else a drive begins a full path', () => {
    expect(resolveScript('C:\\scripts\\take_iv.py', [], false)).toMatchObject({ ok: false });
  });
});

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
    expect(resolveScript(wanted, catalogue)).toEqual({ ok: true, value: path });
  });

  test.each([
    ['', 'script-missing'],
    ['une.py', 'script-missing'],
    ['unknown.py', 'script-missing'],
    ['take_iv.py', 'script-ambiguous'],
  ])('%j is refused as %s', (wanted, code) => {
    const message: unknown = expect.stringContaining(wanted);
    expect(resolveScript(wanted, catalogue)).toEqual({ ok: false, error: { code, message } });
  });
});

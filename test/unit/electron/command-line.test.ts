import { describe, expect, it } from 'vitest';
import { readCommandLine } from '../../../electron/command-line';

const read = (...words: string[]) => readCommandLine(words, '/work');

describe('the command line', () => {
  it('starts on the usual home folder when nothing is asked', () => {
    expect(read()).toEqual({ ok: true, value: { kind: 'start', home: null } });
  });

  it.each([
    [['--home', '/data/panel'], '/data/panel'],
    [['--home=/data/panel'], '/data/panel'],
    [['--home', 'panel'], '/work/panel'],
    [['--home=../panel two'], '/panel two'],
    [['--disable-gpu', '--home', '/data/panel', '--no-sandbox'], '/data/panel'],
  ])('takes the home folder of %j', (words, home) => {
    expect(read(...words)).toEqual({ ok: true, value: { kind: 'start', home } });
  });

  it.each([[['--home']], [['--home=']], [['--home', '--version']]])('refuses %j with a sentence', (words) => {
    expect(read(...words)).toMatchObject({ ok: false, error: { code: 'home-missing' } });
  });

  it.each([
    ['--version', 'version'],
    ['-v', 'version'],
    ['--help', 'help'],
    ['-h', 'help'],
  ])('knows %s', (word, kind) => {
    expect(read('--disable-gpu', word)).toEqual({ ok: true, value: { kind } });
  });

  it('lets be what is Chromium’s', () => {
    expect(read('--remote-debugging-port=9222', '--homepage=x')).toEqual({
      ok: true,
      value: { kind: 'start', home: null },
    });
  });
});

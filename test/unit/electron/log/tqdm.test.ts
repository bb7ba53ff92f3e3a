import { describe, expect, it } from 'vitest';
import { BarReader, parseBar } from '../../../../electron/log/tqdm';

const bar = {
  description: '',
  percent: null,
  done: '12',
  total: null,
  elapsed: '00:03',
  remaining: null,
  rate: '4.00it/s',
};

describe('a bar of tqdm', () => {
  it.each([
    [
      ' 37%|###7      | 37/100 [00:12<00:20,  3.10it/s]',
      { percent: 37, done: '37', total: '100', elapsed: '00:12', remaining: '00:20', rate: '3.10it/s' },
    ],
    [
      'band 4:   0%|          | 0/8 [00:00<?, ?it/s]',
      {
        description: 'band 4',
        percent: 0,
        done: '0',
        total: '8',
        elapsed: '00:00',
        remaining: null,
        rate: null,
      },
    ],
    [
      'IV curve: 100%|██████████| 1.20k/1.20k [1:02:03<00:00, 12.5s/it, q=25317, loss=0.1]',
      {
        description: 'IV curve',
        percent: 100,
        done: '1.20k',
        total: '1.20k',
        elapsed: '1:02:03',
        remaining: '00:00',
        rate: '12.5s/it',
      },
    ],
    [
      '\u001B[A\u001B[32mnotches:  50%|\u001B[0m█████     | 3/6 [00:01<00:01,  2.00band/s]',
      {
        description: 'notches',
        percent: 50,
        done: '3',
        total: '6',
        elapsed: '00:01',
        remaining: '00:01',
        rate: '2.00band/s',
      },
    ],
    ['12it [00:03, 4.00it/s]', {}],
    ['sweep: 12it [00:03, ?it/s]', { description: 'sweep', rate: null }],
  ])('%j', (text, expected) => {
    expect(parseBar(text)).toEqual({ ...bar, ...expected });
  });

  it.each([
    'plain text',
    ' 37%|###7      | 37/1',
    'took 12it',
    '50% of [00:12, x]',
    `${'x'.repeat(2000)}12it [00:03, 4.00it/s]`,
  ])('is not in %j', (text) => {
    expect(parseBar(text)).toBeNull();
  });
});

describe('BarReader', () => {
  const state = (percent: number): string =>
    `\rIV: ${String(percent).padStart(3)}%|###       | ${percent}/100 [00:12<00:20,  3.10it/s]`;

  it('keeps the newest bar, from pieces cut anywhere', () => {
    const text = Array.from({ length: 50 }, (_, percent) => state(percent)).join('');
    for (const size of [1, 7, 64, 5000]) {
      const reader = new BarReader();
      for (let at = 0; at < text.length; at += size) reader.take(Buffer.from(text.slice(at, at + size)));
      expect(reader.bar?.percent).toBe(49);
    }
  });

  it('takes the newest of several, keeps it over other lines, and has none before one came', () => {
    const reader = new BarReader();
    reader.take(Buffer.from('Starting\n'));
    expect(reader.bar).toBeNull();
    reader.take(Buffer.from(`${state(3)}\nband 2: ${state(80).slice(5)}`));
    expect(reader.bar).toMatchObject({ description: 'band 2', percent: 80 });
    reader.take(Buffer.from('\nplot saved\n'.repeat(5000)));
    expect(reader.bar).toMatchObject({ percent: 80 });
  });
});

import { describe, expect, it } from 'vitest';
import { markParts } from '../../../../renderer/log/marked-text';
import { plainStyle } from '../../../../shared/terminal-style';

const bold = { ...plainStyle, bold: true };

function marked(ranges: [number, number][], current: number | null): string[] {
  const parts = [
    { text: 'one ', style: plainStyle },
    { text: 'two', style: bold },
    { text: ' three', style: plainStyle },
  ];
  return markParts(parts, ranges, current).map(
    ({ text, style, mark }) => `${style.bold ? '*' : ''}${text}${mark === null ? '' : `<${mark}>`}`,
  );
}

describe('markParts', () => {
  it.each([
    [[], null, ['one ', '*two', ' three']],
    [[[0, 3]], null, ['one<match>', ' ', '*two', ' three']],
    [[[2, 6]], 0, ['on', 'e <current>', '*tw<current>', '*o', ' three']],
    [
      [
        [0, 1],
        [1, 2],
        [12, 13],
      ],
      1,
      ['o<match>', 'n<current>', 'e ', '*two', ' thre', 'e<match>'],
    ],
    [[[4, 99]], null, ['one ', '*two<match>', ' three<match>']],
    [[[50, 60]], 0, ['one ', '*two', ' three']],
  ] as [[number, number][], number | null, string[]][])(
    'marks %j, %j strongly',
    (ranges, current, expected) => {
      expect(marked(ranges, current)).toEqual(expected);
    },
  );
});

import { parser } from '@lezer/python';

/** Digits and a point that no digit follows: `20.` or `1.e5`. */
const unfinished = /(?<![\w.])\d[\d_]*\.(?![\d_.])/g;

/**
 * Writes `20.` as `20.0` and `1.e5` as `1.0e5`, outside of texts and comments: the grammar knows no number that ends
 * in its point, and scripts are full of them. Lines stay what they are.
 */
export function completeFloats(source: string): string {
  const points = Array.from(source.matchAll(unfinished), (match) => match.index + match[0].length);
  if (points.length === 0) return source;
  const texts: { readonly from: number; readonly to: number }[] = [];
  parser.parse(source).iterate({
    enter: ({ name, from, to }) => {
      const isText = name === 'String' || name === 'FormatString' || name === 'Comment';
      if (isText) texts.push({ from, to });
      return !isText;
    },
  });
  let completed = '';
  let at = 0;
  let next = 0;
  for (const point of points) {
    while ((texts[next]?.to ?? Infinity) < point) next += 1;
    if ((texts[next]?.from ?? Infinity) < point) continue;
    completed += `${source.slice(at, point)}0`;
    at = point;
  }
  return completed + source.slice(at);
}

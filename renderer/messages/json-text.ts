/** Characters up to which a list or an object stays on one line, and at which long lists of values break. */
const lineLength = 100;

/** Levels that are indented; deeper ones are not moved any further to the right. */
const deepestIndent = 30;

/**
 * JSON text on several lines, for reading. Works on the text: NaN, ±Infinity, the digits of numbers, escapes and
 * doubled keys stay as they were published. Text whose brackets do not match is given back as it is.
 */
export function formatJsonText(text: string): string {
  const tokens = tokenize(text);
  const closings = matchBrackets(tokens);
  if (closings === null) return text;
  const ends = tokenEnds(tokens);
  const isShort = (open: number): boolean => {
    const close = closings.get(open);
    return close !== undefined && (ends[close] ?? 0) - (ends[open] ?? 0) < lineLength;
  };
  const layouts: Layout[] = [];
  const lines: string[] = [];
  let line = '';
  const breakLine = (): void => {
    lines.push(line);
    line = ' '.repeat(2 * Math.min(deepestIndent, layouts.length));
  };
  for (const [position, token] of tokens.entries()) {
    const layout = layouts.at(-1);
    if (token === '{' || token === '[') {
      const isInside = layout === 'line' || isShort(position);
      layouts.push(
        isInside ? 'line' : token === '[' && holdsOnlyValues(tokens, position) ? 'filled' : 'entries',
      );
      line += token;
      if (!isInside) breakLine();
    } else if (token === '}' || token === ']') {
      layouts.pop();
      if (layout !== 'line') breakLine();
      line += token;
    } else if (token === ',') {
      line += ',';
      const next = tokens[position + 1]?.length ?? 0;
      if (layout === 'entries' || (layout === 'filled' && line.length + next + 2 > lineLength)) breakLine();
      else if (layout !== undefined) line += ' ';
    } else {
      line += token === ':' ? ': ' : token;
    }
  }
  return [...lines, line].join('\n');
}

/** On one line; one entry a line; as many values a line as fit. */
type Layout = 'line' | 'entries' | 'filled';

/** Strings, other words and punctuation, without the white space between them. */
function tokenize(text: string): string[] {
  return text.match(/"(?:[^"\\]|\\[^])*"?|[{}[\],:]|[^\s"{}[\],:]+/g) ?? [];
}

/** For each opening bracket the position of its closing one; null where they do not match. */
function matchBrackets(tokens: readonly string[]): ReadonlyMap<number, number> | null {
  const closings = new Map<number, number>();
  const open: number[] = [];
  for (const [position, token] of tokens.entries()) {
    if (token === '{' || token === '[') open.push(position);
    else if (token === '}' || token === ']') {
      const start = open.pop();
      if (start === undefined || (tokens[start] === '{') !== (token === '}')) return null;
      closings.set(start, position);
    }
  }
  return open.length === 0 ? closings : null;
}

/** Where each token would end if all stood on one line. */
function tokenEnds(tokens: readonly string[]): number[] {
  let end = 0;
  return tokens.map((token) => {
    end += token.length + (token === ',' || token === ':' ? 1 : 0);
    return end;
  });
}

function holdsOnlyValues(tokens: readonly string[], open: number): boolean {
  for (let position = open + 1; position < tokens.length; position += 1) {
    const token = tokens[position];
    if (token === '[' || token === '{') return false;
    if (token === ']') return true;
  }
  return true;
}

import { scanTerminal } from './terminal-escape';
import { applySgr, plainStyle, sameStyle, sgrSequence, type TerminalStyle } from './terminal-style';

/** A part of a line in one style. */
export interface StyledText {
  readonly text: string;
  readonly style: TerminalStyle;
}

const tabWidth = 8;

const backspace = 0x08;
const tab = 0x09;
const carriageReturn = 0x0d;
const deletion = 0x7f;

/** BEL, SO and SI, which terminals act on and show nothing for. */
const silent: ReadonlySet<number> = new Set([0x07, 0x0e, 0x0f]);

// oxlint-disable-next-line no-control-regex -- control characters are what this file is about
const movesCursor = /[\r\b]|\x1b\[[0-2]?K/;

/** Marks that print in the cell of the character before them. */
const combining = /^[\p{M}\u200d]$/u;

interface Cell {
  text: string;
  readonly style: TerminalStyle;
  /** Position in the order of writing and erasing. */
  readonly written: number;
}

/**
 * What a terminal shows of a line (no line feeds) after `\r`, `\b` and `ESC [ K`: later text overwrites earlier text in
 * place, and what it does not reach stays. Styles are kept as SGR sequences, other control characters as their pictures,
 * tabs as spaces. Text without any of the three is returned as it is. A code point is one column.
 */
export function overwriteCarriageReturns(text: string): string {
  if (!movesCursor.test(text)) return text;
  const cells: (Cell | undefined)[] = [];
  // When the columns up to this one were last erased from the left; looked up once at the end, to stay linear.
  const erasedUpTo: number[] = [];
  let column = 0;
  let step = 0;
  let style = plainStyle;
  const put = (character: string): void => {
    const before = cells[column - 1];
    if (before !== undefined && combining.test(character)) {
      before.text += character;
      return;
    }
    cells[column] = { text: character, style, written: step };
    column += 1;
  };
  scanTerminal(text, {
    text: (run) => {
      for (const character of run) put(character);
    },
    control: (code) => {
      if (code === carriageReturn) column = 0;
      else if (code === backspace) column = Math.max(0, column - 1);
      else if (code === tab) column += tabWidth - (column % tabWidth);
      else if (!silent.has(code)) put(controlPicture(code));
    },
    style: (parameters) => {
      style = applySgr(style, parameters);
    },
    erase: (extent) => {
      if (extent !== 1 && cells.length > column) cells.length = column;
      if (extent !== 0) erasedUpTo[column] = step;
      step += 1;
    },
  });
  return joinCells(cells, erasedUpTo);
}

function joinCells(cells: readonly (Cell | undefined)[], erasedUpTo: readonly number[]): string {
  let erased = -1;
  for (let column = erasedUpTo.length - 1; column >= cells.length; column -= 1) {
    erased = Math.max(erased, erasedUpTo[column] ?? -1);
  }
  const shown: (Cell | undefined)[] = Array.from({ length: cells.length });
  for (let column = cells.length - 1; column >= 0; column -= 1) {
    erased = Math.max(erased, erasedUpTo[column] ?? -1);
    const cell = cells[column];
    shown[column] = cell !== undefined && cell.written > erased ? cell : undefined;
  }
  let last = shown.length;
  while (last > 0 && shown[last - 1] === undefined) last -= 1;
  let style = plainStyle;
  let text = '';
  for (const cell of shown.slice(0, last)) {
    const next = cell?.style ?? plainStyle;
    if (!sameStyle(next, style)) text += sgrSequence(next);
    style = next;
    text += cell?.text ?? ' ';
  }
  return text;
}

/**
 * The parts of a line by their style. Tabs are expanded to columns of 8; other control characters are shown by their
 * pictures (U+2400 and on); escape sequences that are not SGR are dropped. Each line starts in the plain style.
 */
export function parseSgr(text: string): StyledText[] {
  const parts: StyledText[] = [];
  let style = plainStyle;
  let pending = '';
  let column = 0;
  const flush = (): void => {
    const last = parts.at(-1);
    if (pending === '') return;
    if (last !== undefined && sameStyle(last.style, style))
      parts[parts.length - 1] = { style, text: last.text + pending };
    else parts.push({ text: pending, style });
    pending = '';
  };
  const add = (run: string, columns: number): void => {
    pending += run;
    column += columns;
  };
  scanTerminal(text, {
    text: (run) => add(run, countCodePoints(run)),
    control: (code) => {
      if (code === tab) add(' '.repeat(tabWidth - (column % tabWidth)), tabWidth - (column % tabWidth));
      else if (!silent.has(code)) add(controlPicture(code), 1);
    },
    style: (parameters) => {
      flush();
      style = applySgr(style, parameters);
    },
    erase: () => undefined,
  });
  flush();
  return parts;
}

// oxlint-disable-next-line no-control-regex -- control characters are what this file is about
const changesText = /[\x00-\x1f\x7f-\x9f]/;

/** The characters that a line (no line feeds) shows, one for one as they are drawn. */
export function shownText(text: string): string {
  if (!changesText.test(text)) return text;
  return parseSgr(overwriteCarriageReturns(text))
    .map((part) => part.text)
    .join('');
}

/** The style in which a line leaves off, that began in `style`. */
export function styleAfter(text: string, style: TerminalStyle): TerminalStyle {
  if (!text.includes('\x1b')) return style;
  let current = style;
  scanTerminal(text, {
    text: () => undefined,
    control: () => undefined,
    style: (parameters) => {
      current = applySgr(current, parameters);
    },
    erase: () => undefined,
  });
  return current;
}

function countCodePoints(text: string): number {
  return text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
}

function controlPicture(code: number): string {
  return String.fromCharCode(code === deletion ? 0x2421 : 0x2400 + code);
}

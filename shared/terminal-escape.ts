/** What a terminal's text is made of. Escape sequences that are neither of these are dropped. */
export interface TerminalVisitor {
  /** Printing characters, without control characters. */
  text(run: string): void;
  /** A control character below U+0020, or U+007F. */
  control(code: number): void;
  /** Select Graphic Rendition: the text between `ESC [` and `m`. */
  style(parameters: string): void;
  /** Erase in Line: to the end (0), from the start up to and with the cursor (1), all (2). */
  erase(extent: number): void;
}

const escape = 0x1b;

// oxlint-disable no-control-regex -- control characters are what this file is about
const controlCharacter = /[\x00-\x1f\x7f-\x9f]/g;
const controlSequence = /\x1b\[([0-?]*)([ -/]*)([@-~]?)/y;
// Titles, hyperlinks and the like. One without an end is not one: only its introducer is dropped, not the line.
const stringSequence = /\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)/y;
const stringIntroducer = /\x1b[\]PX^_]/y;
const shortSequence = /\x1b[ -/]*[0-~]/y;
// oxlint-enable no-control-regex

/** Takes text apart as a terminal does, in time linear to its length. */
export function scanTerminal(text: string, visitor: TerminalVisitor): void {
  let position = 0;
  while (position < text.length) {
    controlCharacter.lastIndex = position;
    const next = controlCharacter.exec(text)?.index ?? text.length;
    if (next > position) visitor.text(text.slice(position, next));
    if (next === text.length) return;
    position =
      text.charCodeAt(next) === escape ? scanEscape(text, next, visitor) : scanControl(text, next, visitor);
  }
}

function scanControl(text: string, position: number, visitor: TerminalVisitor): number {
  const code = text.charCodeAt(position);
  if (code <= 0x7f) visitor.control(code);
  return position + 1;
}

/** Answers the position after the escape sequence that starts at `position`. */
function scanEscape(text: string, position: number, visitor: TerminalVisitor): number {
  const sequence = matchAt(controlSequence, text, position);
  if (sequence !== null) {
    const [whole, parameters = '', intermediates = '', final = ''] = sequence;
    if (intermediates === '' && final === 'm') visitor.style(parameters);
    if (intermediates === '' && final === 'K' && /^[0-2]?$/.test(parameters))
      visitor.erase(Number(parameters));
    return position + whole.length;
  }
  for (const pattern of [stringSequence, stringIntroducer, shortSequence]) {
    const found = matchAt(pattern, text, position);
    if (found !== null) return position + found[0].length;
  }
  visitor.control(escape);
  return position + 1;
}

function matchAt(pattern: RegExp, text: string, position: number): RegExpExecArray | null {
  pattern.lastIndex = position;
  return pattern.exec(text);
}

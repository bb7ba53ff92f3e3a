import { isAscii } from 'node:buffer';
import type { LogLevel, LogQuery } from '../../shared/domain/log-find';
import { errorText } from '../../shared/error-text';
import { failure, success, type Result } from '../../shared/result';

/**
 * A regular expression for the lines of a log, and how it may be used on many lines at once (joined by line feeds):
 * `within`: its matches never hold a line feed and are never empty; `checked`: they may, and one that does sends the
 * lines to be looked at one by one; `single`: the lines always have to be looked at one by one.
 */
export interface LinePattern {
  readonly regex: RegExp;
  readonly use: 'within' | 'checked' | 'single';
  /** The ASCII bytes that it finds, where it finds these and nothing else; null for any other. */
  readonly literal: Buffer | null;
}

/** Compiles a query. A regular expression that cannot be read is refused with the engine's reason. */
export function compileQuery({ text, regex, matchCase }: LogQuery): Result<LinePattern> {
  const flags = matchCase ? 'gm' : 'gim';
  if (!regex) {
    const isExact = isAscii(Buffer.from(text)) && (matchCase || !/[a-z]/i.test(text));
    const literal = isExact ? Buffer.from(text, 'latin1') : null;
    return success({ regex: new RegExp(RegExp.escape(text), flags), use: plainUse(text), literal });
  }
  try {
    return success({ regex: new RegExp(text, flags), use: expressionUse(text), literal: null });
  } catch (error) {
    // `Invalid regular expression: /(/gim: Unterminated group`
    const reason = errorText(error).split(': ').at(-1) ?? '';
    return failure('log-query-invalid', reason);
  }
}

function plainUse(text: string): LinePattern['use'] {
  return text.includes('\n') ? 'single' : 'within';
}

/** What can match a line feed, or nothing: classes and escapes that may hold it, and what may be left out. */
// oxlint-disable-next-line no-control-regex -- a line feed is what this is about
const mayHoldLineFeed = /\\[sWDPpnrxucktvf0]|\[\^|[\x00-\x1f]/;
const looksAround = /\(\?(?![:<])|\(\?<[=!]/;
const needsNothing = /^(?:\\[bB]|[$^|()]|\?:)*$/;

/** Whether it holds at no place of an empty text, so that a trial on one says nothing: `\b\w*` is empty behind a word. */
const wordEdge = /\\[bB]/;

function expressionUse(source: string): LinePattern['use'] {
  if (looksAround.test(source)) return 'single';
  const isEmpty = needsNothing.test(source) || wordEdge.test(source) || new RegExp(source).test('');
  // A pattern that matches nothing at all is tried on an empty text only, so that it cannot take long.
  return isEmpty || mayHoldLineFeed.test(source) ? 'checked' : 'within';
}

/** Words of each level, in capitals as Python's logging writes them. */
const levelWords: Record<LogLevel, readonly string[]> = {
  error: ['ERROR', 'CRITICAL', 'FATAL', 'EXCEPTION'],
  warning: ['WARNING', 'WARN'],
  info: ['INFO', 'NOTICE'],
  debug: ['DEBUG', 'TRACE'],
};

/** The same as `error:` or `[error]`, and what Python prints of an exception and of a warning. */
const otherForms: Record<LogLevel, readonly string[]> = {
  error: ['\\b[Ee]rror[:\\]]', '^Traceback \\(most', '^[\\w.]*(?:Error|Exception|Interrupt)(?:: |$)'],
  warning: ['\\b[Ww]arn(?:ing)?[:\\]]', '[a-z]Warning:'],
  info: ['\\b[Ii]nfo[:\\]]'],
  debug: ['\\b[Dd]ebug[:\\]]'],
};

const fromWorst: readonly LogLevel[] = ['error', 'warning', 'info', 'debug'];

/** Finds lines that name a level, this one or a worse one. */
export function levelPattern(level: LogLevel): LinePattern {
  const levels = fromWorst.slice(0, fromWorst.indexOf(level) + 1);
  const words = `\\b(?:${levels.flatMap((each) => levelWords[each]).join('|')})\\b`;
  const source = [words, ...levels.flatMap((each) => otherForms[each])].join('|');
  return { regex: new RegExp(source, 'gm'), use: 'within', literal: null };
}

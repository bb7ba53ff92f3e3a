import type { Session } from '../../shared/domain/session';
import { stringifyPythonJson } from '../../shared/python-json';

/** A session as a file that Python's `json` reads: NaN and infinities bare, times in Unix seconds. Piece by piece. */
export function* sessionJson({ run, data, changedAt, messages }: Session): Generator<string> {
  yield `{"run": ${JSON.stringify(run)},\n"data": {`;
  let separator = '\n';
  for (const [key, value] of Object.entries(data)) {
    yield `${separator}${JSON.stringify(key)}: ${stringifyPythonJson(value)}`;
    separator = ',\n';
  }
  yield '\n},\n"changed_at": {';
  separator = '\n';
  for (const [key, time] of Object.entries(changedAt)) {
    yield `${separator}${JSON.stringify(key)}: ${time / 1000}`;
    separator = ',\n';
  }
  yield '\n},\n"messages": [';
  separator = '\n';
  for (const { time, from, text } of messages) {
    yield `${separator}{"time": ${time / 1000}, "from": "${from}", "text": ${JSON.stringify(text)}}`;
    separator = ',\n';
  }
  yield '\n]}\n';
}

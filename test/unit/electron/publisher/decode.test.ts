import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeDatagram, type PublishedMessage } from '../../../../electron/publisher/decode';

const fixture = readFileSync(new URL('../../../fixtures/datagrams.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');

function decode(text: string): PublishedMessage {
  const decoded = decodeDatagram(Buffer.from(text));
  if (!decoded.ok) throw new Error(decoded.error.message);
  return decoded.value;
}

function reason(bytes: Buffer): string {
  const decoded = decodeDatagram(bytes);
  if (decoded.ok) throw new Error('was accepted');
  expect(decoded.error.code).toBe('malformed');
  return decoded.error.message;
}

describe('decodeDatagram', () => {
  test("reads the publishers' datagrams into the panel's terms", () => {
    const [start, log, , noise] = fixture.map(decode);
    expect(start).toEqual({
      host: 'smurf-srv27',
      publisherId: 'crate1slot2',
      script: 'undeclared',
      publishedAt: 1584402012441,
      seqNo: 0,
      msgtype: 'start',
      payload: {},
      text: fixture[0],
    });
    expect(log?.payload).toBe('Starting IV: µMUX “UFM-Mv6” — band 0');
    expect(noise?.payload).toEqual({
      noise: { band_medians: [62.1, Number.NaN, 58.4, Number.POSITIVE_INFINITY] },
    });
    expect(noise?.text).toContain('[62.1, NaN, 58.4, Infinity]');
  });

  test('tolerates what is absent or of another type, except id and type', () => {
    const bare = { host: null, script: null, publishedAt: null, seqNo: null, payload: null };
    expect(decode('{"id": "a", "type": ""}')).toMatchObject({ ...bare, publisherId: 'a', msgtype: '' });
    expect(
      decode(
        '{"id": "a", "type": "x", "host": 1, "script": [], "time": "now", "seq_no": "1", "payload": null}',
      ),
    ).toMatchObject(bare);
  });

  test.each([
    ['1584402012.4411', 1584402012441],
    ['-1', -1000],
    ['NaN', null],
    ['Infinity', null],
    ['1e300', null],
    ['8.64e12', 8.64e15],
    ['8.65e12', null],
  ])('time %s is %s ms', (time, publishedAt) => {
    expect(decode(`{"id": "a", "type": "x", "time": ${time}}`).publishedAt).toBe(publishedAt);
  });

  test.each([
    ['0', 0],
    ['7', 7],
    ['7.0', 7],
    ['7.5', null],
    ['-1', null],
    ['NaN', null],
    ['1e300', null],
    ['true', null],
  ])('seq_no %s is %s', (seqNo, expected) => {
    expect(decode(`{"id": "a", "type": "x", "seq_no": ${seqNo}}`).seqNo).toBe(expected);
  });

  test('reads text beyond ASCII that was sent as it is', () => {
    expect(decode('{"id": "µMUX — Ω", "type": "x", "payload": "😀"}')).toMatchObject({
      publisherId: 'µMUX — Ω',
      payload: '😀',
    });
  });

  test.each<[string, Buffer, RegExp]>([
    ['nothing', Buffer.alloc(0), /^empty$/],
    ['spaces', Buffer.from('  '), /^not JSON: /],
    ['bytes', Buffer.from([0x80, 0xff, 0x00]), /^not valid UTF-8 text$/],
    ['a code point cut in two', Buffer.from('{"id": "µ', 'utf8').subarray(0, 9), /^not valid UTF-8 text$/],
    ['plain text', Buffer.from('hello'), /^not JSON: /],
    ['a truncated message', Buffer.from(fixture[2] ?? '').subarray(0, 100), /^not JSON: /],
    [
      'a truncated message with NaN',
      Buffer.from('{"id": "a", "type": "x", "payload": [NaN, '),
      /^not JSON: the text ends too early$/,
    ],
    [
      'deep nesting',
      Buffer.from(`{"id": "a", "type": "x", "payload": ${'['.repeat(30_000)}${']'.repeat(30_000)}}`),
      /^not JSON: nested deeper than 1000 levels$/,
    ],
    ['two messages', Buffer.from('{"id": "a", "type": "x"}{"id": "a", "type": "x"}'), /^not JSON: /],
    ['a list', Buffer.from('[1]'), /^not a JSON object but a list$/],
    ['null', Buffer.from('null'), /^not a JSON object but null$/],
    ['NaN', Buffer.from('NaN'), /^not a JSON object but a number$/],
    ['no id', Buffer.from('{"type": "x"}'), /^"id" is missing$/],
    ['an empty id', Buffer.from('{"id": "", "type": "x"}'), /^"id" is empty$/],
    ['a number for an id', Buffer.from('{"id": 2, "type": "x"}'), /^"id" is not a string but a number$/],
    ['no type', Buffer.from('{"id": "a"}'), /^"type" is missing$/],
    [
      'an object for a type',
      Buffer.from('{"id": "a", "type": {}}'),
      /^"type" is not a string but an object$/,
    ],
    [
      'an id on the prototype only',
      Buffer.from('{"__proto__": {"id": "a", "type": "x"}}'),
      /^"id" is missing$/,
    ],
  ])('%s is malformed, with the reason', (_name, bytes, expected) => {
    expect(reason(bytes)).toMatch(expected);
  });

  test('never throws, whatever the bytes', () => {
    const mutated = fc
      .tuple(
        fc.constantFrom(...fixture),
        fc.array(fc.tuple(fc.nat(800), fc.nat(255)), { maxLength: 5 }),
        fc.nat(800),
      )
      .map(([line, changes, length]) => {
        const bytes = Buffer.from(line).subarray(0, length);
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        return bytes;
      });
    fc.assert(
      fc.property(
        fc.oneof(
          mutated,
          fc.uint8Array().map((bytes) => Buffer.from(bytes)),
        ),
        (bytes) => {
          const decoded = decodeDatagram(bytes);
          const isAccounted = decoded.ok
            ? Buffer.from(decoded.value.text).equals(bytes)
            : decoded.error.message !== '';
          expect(isAccounted).toBe(true);
        },
      ),
      { numRuns: 3000 },
    );
  });
});

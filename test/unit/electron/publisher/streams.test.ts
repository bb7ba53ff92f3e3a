import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lateWindow, StreamTracker, type StreamMessage } from '../../../../electron/publisher/streams';

const sender = '127.0.0.1:40000';
const oversizeText = 'Backend error: dropped large UDP packet (129086 bytes).';

function message(seqNo: number | null, more: Partial<StreamMessage> = {}): StreamMessage {
  return { publisherId: 'crate1slot2', msgtype: 'general', publishedAt: null, payload: {}, ...more, seqNo };
}
const start = (seqNo: number): StreamMessage => message(seqNo, { msgtype: 'start' });
const dropped = (seqNo: number): StreamMessage =>
  message(seqNo, { msgtype: 'backend_error', payload: { message: oversizeText } });
const run = (first: number, last: number): StreamMessage[] =>
  Array.from({ length: last - first + 1 }, (_, index) => message(first + index));

/** What a tracker counts over messages of one sender. */
function total(messages: readonly StreamMessage[]): { lost: number; oversize: number } {
  const tracker = new StreamTracker();
  const sum = { lost: 0, oversize: 0 };
  for (const each of messages) {
    const { lost, oversize } = tracker.observe(sender, each);
    sum.lost += lost;
    sum.oversize += oversize;
  }
  return sum;
}

describe('StreamTracker', () => {
  test.each<[string, StreamMessage[], number, number]>([
    ['a whole stream', run(0, 5), 0, 0],
    ['a gap', [...run(0, 5), message(9)], 3, 0],
    ['several gaps', [...run(0, 5), message(7), message(9), message(10)], 2, 0],
    ['a panel that starts later', run(1841, 1850), 0, 0],
    ['a panel that starts later, then a gap', [message(1841), message(1843)], 1, 0],
    ['the same port again, by start', [...run(0, 500), start(0), message(1)], 0, 0],
    ['the same port again, by seq_no 0', [...run(0, 2), message(0), message(2)], 1, 0],
    ['start with a number of its own', [...run(0, 5), start(300), message(301)], 0, 0],
    ['no number at all', [message(0), message(null), message(1)], 0, 0],
    ['an oversize drop', [...run(0, 5), dropped(7), message(8)], 0, 1],
    ['an oversize drop after loss', [...run(0, 5), dropped(9)], 2, 1],
    ['an oversize drop as the first thing heard', [dropped(7), message(8)], 0, 1],
    ['two oversize drops', [...run(0, 5), dropped(7), dropped(9)], 0, 2],
    [
      'another backend_error',
      [
        ...run(0, 5),
        message(7, { msgtype: 'backend_error', payload: { message: 'Backend error: no route.' } }),
      ],
      1,
      0,
    ],
    [
      'a backend_error without text',
      [...run(0, 5), message(7, { msgtype: 'backend_error', payload: 'x' })],
      1,
      0,
    ],
    [
      'the text of a drop in another message',
      [...run(0, 5), message(7, { payload: { message: oversizeText } })],
      1,
      0,
    ],
    ['a backend_error with no gap', [...run(0, 5), dropped(6)], 0, 0],
    ['a late message', [...run(0, 5), message(7), message(6), message(8)], 0, 0],
    [
      'late messages in any order',
      [message(0), message(5), message(3), message(1), message(4), message(2), message(6)],
      0,
      0,
    ],
    ['a late message and a lost one', [message(0), message(3), message(1), message(4)], 1, 0],
    ['a late report of an oversize drop', [...run(0, 5), message(8), dropped(7)], 0, 1],
    ['duplicates', [message(0), message(1), message(1), message(2), message(1)], 0, 0],
    ['a late message twice', [message(0), message(2), message(1), message(1)], 0, 0],
    ['a message on the edge of the late window', [message(0), ...run(2, lateWindow), message(1)], 0, 0],
    [
      'a message beyond the late window, which begins anew',
      [message(0), ...run(2, lateWindow + 5), message(1), message(2)],
      1,
      0,
    ],
    [
      'a gap as wide as the late window, partly late',
      [message(0), message(lateWindow), ...run(1, 3), message(lateWindow - 1), message(lateWindow + 1)],
      lateWindow - 5,
      0,
    ],
    [
      'a gap wider than the late window, partly late',
      [message(0), message(90), message(89), message(60), message(91)],
      87,
      0,
    ],
    [
      'a late message beside an oversize drop',
      [message(0), dropped(3), message(1), message(2), message(4)],
      0,
      1,
    ],
    ['a number far back', [...run(500, 600), ...run(3, 9)], 0, 0],
    ['a number that is not to be believed', [message(0), message(2 ** 52), message(2 ** 52 + 1)], 0, 0],
  ])('%s', (_name, messages, lost, oversize) => {
    expect(total(messages)).toEqual({ lost, oversize });
  });

  test('a start that comes late does not begin the stream again', () => {
    const at = (seqNo: number, publishedAt: number): StreamMessage => message(seqNo, { publishedAt });
    expect(total([at(1, 101), at(2, 102), at(0, 100), at(3, 103)])).toEqual({ lost: 0, oversize: 0 });
    expect(total([at(0, 100), at(1, 101), at(2, 102), at(0, 100), at(3, 103)])).toEqual({
      lost: 0,
      oversize: 0,
    });
    // Published later than anything before it: another publisher on the same port.
    expect(total([at(0, 100), at(1, 101), at(2, 102), at(0, 200), at(3, 203)])).toEqual({
      lost: 2,
      oversize: 0,
    });
  });

  test('a message far too late is not another stream', () => {
    const at = (seqNo: number, publishedAt: number): StreamMessage => message(seqNo, { publishedAt });
    const messages = run(2, 200).map((each) => ({ ...each, publishedAt: 100 + (each.seqNo ?? 0) }));
    expect(total([at(0, 100), ...messages, at(1, 101), at(201, 301)])).toEqual({ lost: 1, oversize: 0 });
  });

  test('finds the loss of any order of arrival within the late window', () => {
    const arrival = fc.uniqueArray(fc.integer({ min: 1, max: lateWindow - 1 }), { minLength: 1 });
    fc.assert(
      fc.property(arrival, (numbers) => {
        const last = Math.max(...numbers);
        expect(total([message(0), ...numbers.map((number) => message(number))])).toEqual({
          lost: last - numbers.length,
          oversize: 0,
        });
      }),
    );
  });

  test('senders do not share numbers, nor do the publishers behind one relay', () => {
    const tracker = new StreamTracker();
    expect(tracker.observe('10.0.0.1:1', message(0))).toEqual({ lost: 0, oversize: 0 });
    expect(tracker.observe('10.0.0.1:2', message(90))).toEqual({ lost: 0, oversize: 0 });
    expect(tracker.observe('10.0.0.2:1', message(50))).toEqual({ lost: 0, oversize: 0 });
    expect(tracker.observe('10.0.0.1:1', message(70, { publisherId: 'crate1slot3' }))).toEqual({
      lost: 0,
      oversize: 0,
    });
    expect(tracker.observe('10.0.0.1:1', message(2))).toEqual({ lost: 1, oversize: 0 });
    expect(tracker.observe('10.0.0.1:2', message(91))).toEqual({ lost: 0, oversize: 0 });
    expect(tracker.size).toBe(4);
  });

  test('forgets the stream that was heard longest ago', () => {
    const tracker = new StreamTracker(3);
    for (const port of [1, 2, 3]) tracker.observe(`a:${port}`, message(0));
    tracker.observe('a:1', message(1));
    tracker.observe('a:4', message(0));
    expect(tracker.size).toBe(3);
    expect(tracker.observe('a:1', message(3)).lost).toBe(1);
    expect(tracker.observe('a:3', message(3)).lost).toBe(2);
    // Port 2 made room, so that its 3 is the first thing heard of it.
    expect(tracker.observe('a:2', message(3)).lost).toBe(0);
  });
});

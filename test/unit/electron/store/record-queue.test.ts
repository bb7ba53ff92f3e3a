import { describe, expect, it } from 'vitest';
import { RecordQueue, type QueueLimits } from '../../../../electron/store/record-queue';
import { message, now, run, runId } from './fixtures';

const limits: QueueLimits = { messages: 10, characters: 10_000, batchMessages: 4, batchCharacters: 5000 };

describe('the queue of records', () => {
  it('refuses the newest messages beyond its bound and takes them in order, some at a time', () => {
    const queue = new RecordQueue('a', limits);
    const taken = Array.from({ length: 13 }, (_, seqNo) => queue.addMessage(message({ seqNo })));
    expect(taken.filter((each) => !each)).toHaveLength(3);
    const numbers = [queue.take(), queue.take(), queue.take()].map((batch) =>
      batch?.messages.map((each) => each.seqNo),
    );
    expect(numbers).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [8, 9],
    ]);
    expect(queue.take()).toBeNull();
    expect(queue.acceptedMessages).toBe(10);
  });

  it('refuses no relayed message, and says early that there is no room for more of them', () => {
    const queue = new RecordQueue('a', limits);
    const add = (count: number, relayEnd: number | null) =>
      Array.from({ length: count }, () => queue.addMessage(message({ relayEnd })));
    expect(add(4, 14)).not.toContain(false);
    expect(queue.hasRoom).toBe(true);
    add(1, 14);
    expect(queue.hasRoom).toBe(false);
    expect(add(20, 14)).not.toContain(false);
    expect(add(1, null)).toEqual([false]);
    expect(queue.acceptedMessages).toBe(25);
  });

  it('bounds characters too, and gives the room back', () => {
    const queue = new RecordQueue('a', limits);
    const large = message({ text: 'x'.repeat(4000) });
    expect([queue.addMessage(large), queue.addMessage(large), queue.addMessage(large)]).toEqual([
      true,
      true,
      false,
    ]);
    expect(queue.isBatchFull).toBe(true);
    expect(queue.take()?.messages).toHaveLength(2);
    expect(queue.addMessage(large)).toBe(true);
  });

  it('never refuses runs, sessions and the audit, and keeps the newest state of each only', () => {
    const queue = new RecordQueue('a', limits);
    for (let index = 0; index < 100; index += 1) {
      queue.saveRun(run({ lines: index }));
      const text = `line ${index}`;
      queue.addSession({
        run: runId(),
        set: Object.fromEntries([['__proto__', index]]),
        changedAt: Object.fromEntries([['__proto__', now + index]]),
        messagesFrom: index,
        messages: [{ time: now, text, from: 'script' }],
      });
      queue.addAudit({ at: now, actor: 'ocs', action: 'run.abort', slot: null, run: null, detail: {} });
    }
    const batch = queue.take();
    expect(batch?.runs).toEqual([run({ lines: 99 })]);
    expect(batch?.sessions).toHaveLength(1);
    expect(batch?.sessions[0]?.data).toEqual([{ key: '__proto__', value: 99, changedAt: now + 99 }]);
    expect(batch?.sessions[0]?.messages).toHaveLength(100);
    expect(batch?.sessions[0]?.messages[99]).toMatchObject({ position: 99, message: { text: 'line 99' } });
    expect(batch?.audit).toHaveLength(100);
    expect([queue.isEmpty, queue.batches]).toEqual([true, 1]);
  });
});

import { writeSync } from 'node:fs';
import { batch, message, openDatabase, run, runId } from './fixtures';

/* A process that writes batches and is killed between two of them, with the next one half written. */
const database = openDatabase(process.argv[2] ?? '');
for (let index = 0; index < 20; index += 1) {
  const messages = Array.from({ length: 10 }, (_, seqNo) => message({ seqNo }));
  const recorded = database.record(batch({ runs: [run({ id: runId(index) })], messages }));
  if (!recorded.ok) throw new Error(recorded.error.message);
  writeSync(1, `${index}\n`);
}
const last = message();
const half = Array.from({ length: 5000 }, () => last);
Object.defineProperty(half, half.length, {
  get: () => {
    process.kill(process.pid, 'SIGKILL');
    return last;
  },
});
database.record(batch({ messages: half }));

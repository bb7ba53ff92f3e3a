import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync, appendFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, expect, it } from 'vitest';
import { ExportService } from '../../electron/export/export-service';
import { runIdSchema } from '../../shared/domain/ids';
import { success } from '../../shared/result';
import { makeRun } from '../fixtures/panel-state';
import { until } from '../fixtures/until';

const folder = mkdtempSync(join(tmpdir(), 'export-bench-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('an export of a large log: its rate, and what it costs the loop of main', async () => {
  const run = makeRun({ id: runIdSchema.parse('20261123-120000-bench0'), phase: 'done' });
  const runFolder = join(folder, run.id);
  mkdirSync(runFolder);
  const lines = Array.from(
    { length: 100_000 },
    (_, line) => `[ band ${line % 8} ] iv step ${line} P 4.${line % 97} pW\n`,
  );
  const piece = lines.join('');
  for (let count = 0; count < 100; count += 1) appendFileSync(join(runFolder, 'output.log'), piece);
  writeFileSync(join(runFolder, 'output.idx'), Buffer.alloc(24 * 100_000));
  const { size } = statSync(join(runFolder, 'output.log'));
  const service = new ExportService({
    folderOf: (id) => join(folder, id),
    session: async () => success(null),
    messages: async () => success({ texts: [], next: null, removedBefore: null }),
    mark: async (id) => success({ run: id, note: '', pinned: false }),
    files: async function* none() {
      yield* [];
    },
    now: () => Date.now(),
  });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const begin = performance.now();
  const id = service.start(run, join(folder, 'out.zip'));
  await until(() => service.progress(id)?.state !== 'writing', 'the export has ended', 300_000);
  const seconds = (performance.now() - begin) / 1000;
  delay.disable();
  const milliseconds = (nanoseconds: number): string => (nanoseconds / 1e6).toFixed(1);
  process.stdout.write(
    `${(size / 1e6).toFixed(0)} MB in ${seconds.toFixed(1)} s (${(size / 1e6 / seconds).toFixed(0)} MB/s); loop p50 ` +
      `${milliseconds(delay.percentile(50))} ms, p99 ${milliseconds(delay.percentile(99))} ms, worst ${milliseconds(delay.max)} ms; ` +
      `memory ${(process.memoryUsage.rss() / 1e6).toFixed(0)} MB\n`,
  );
  expect(service.progress(id)).toMatchObject({ state: 'done', bytes: expect.any(Number) });
});

import { defineConfig } from 'vitest/config';

/** Measurements run one file at a time, on a machine that does nothing else. `npm run bench` uses this file. */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['test/bench/**/*.bench.ts'],
    fileParallelism: false,
    testTimeout: 15 * 60_000,
    hookTimeout: 5 * 60_000,
  },
});

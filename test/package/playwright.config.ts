import { defineConfig } from '@playwright/test';

/** The packages of dist/ as they were built. One at a time: an installed program is there once for the whole machine. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../../test-results',
  workers: 1,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 240_000,
  expect: { timeout: 30_000 },
  use: { actionTimeout: 30_000 },
});

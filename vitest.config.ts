import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** Components, which need a page to be drawn on. All else is tested on bare Node, which starts in a third of the time. */
const components = 'test/unit/renderer/**/*.test.tsx';

export default defineConfig({
  test: {
    // More than there are cores: most of the time, tests wait for scripts and sockets.
    maxWorkers: 4,
    // Longer than the waits within a test, so that one that waits in vain says what for.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: { name: 'node', environment: 'node', include: ['test/unit/**/*.test.ts'] },
      },
      {
        extends: true,
        plugins: [react()],
        test: {
          name: 'components',
          environment: 'happy-dom',
          include: [components],
          setupFiles: ['test/unit/renderer/setup.ts'],
          // Each file loads its modules anew: one file for Mantine in place of a thousand.
          deps: {
            optimizer: {
              client: {
                enabled: true,
                include: ['@mantine/core', '@mantine/hooks', '@mantine/spotlight'],
              },
            },
          },
        },
      },
    ],
  },
});

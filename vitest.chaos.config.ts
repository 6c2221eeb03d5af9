import { defineConfig } from 'vitest/config';

/** kill -9 at random moments, outages of minutes, a thousand presses at once: minutes, not seconds. */
export default defineConfig({
  test: {
    include: ['test/**/*.chaos.test.ts'],
    fileParallelism: false,
    testTimeout: 900_000,
    hookTimeout: 60_000,
    globalSetup: ['test/support/build.ts'],
    env: { TZ: 'UTC' },
  },
});

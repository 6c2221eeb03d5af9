import { defineConfig } from 'vitest/config';

/**
 * kill -9 at random moments, outages of minutes, zero downtime under load; and whole evenings and deploys with all that can
 * go wrong in them, which would make `npm test` last longer than one likes to wait.
 */
export default defineConfig({
  test: {
    include: ['test/**/*.{chaos,long}.test.ts'],
    fileParallelism: false,
    testTimeout: 900_000,
    hookTimeout: 60_000,
    globalSetup: ['test/support/build.ts'],
    setupFiles: ['src/oci/client/own-fetch.ts', 'test/support/same-properties.ts'],
    env: { TZ: 'UTC' },
    // machines have slow moments: who waits for something waits long enough
    expect: { poll: { timeout: 30_000 } },
  },
});

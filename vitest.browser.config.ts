import { defineConfig } from 'vitest/config';

/** The page in Debian's Chromium. `npm run test:browser` builds the page first. */
export default defineConfig({
  test: {
    include: ['test/**/*.browser.test.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    globalSetup: ['test/support/build.ts'],
    setupFiles: ['src/oci/client/own-fetch.ts'],
    env: { TZ: 'UTC' },
    // machines have slow moments: who waits for something waits long enough
    expect: { poll: { timeout: 30_000 } },
  },
});

import { defineConfig } from 'vitest/config';

/**
 * What needs nothing installed: `npm test`. The other suites have a config of their own beside this. A file leaves
 * nothing behind for the next one, so that they can share the modules of their worker: that halves the time.
 */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/**/*.{browser,chaos,long,postgres}.test.ts'],
    testTimeout: 60_000,
    globalSetup: ['test/support/build.ts'],
    setupFiles: ['src/oci/client/own-fetch.ts', 'test/support/same-properties.ts'],
    hookTimeout: 60_000,
    env: { TZ: 'UTC' },
    // machines have slow moments: who waits for something waits long enough
    expect: { poll: { timeout: 30_000 } },
    isolate: false,
    maxWorkers: 2,
    // most of what a test makes is gone in a moment
    execArgv: ['--max-semi-space-size=32'],
  },
});

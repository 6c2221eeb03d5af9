import { defineConfig } from 'vitest/config';

/** What needs nothing installed: `npm test`. The other suites have a config of their own beside this. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/**/*.{browser,chaos,postgres}.test.ts'],
    testTimeout: 20_000,
    globalSetup: ['test/support/build.ts'],
    hookTimeout: 60_000,
    env: { TZ: 'UTC' },
  },
});

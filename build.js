import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from 'rolldown';

/**
 * `npm run build`: src/, commands/, sandbox/ and bench/ become programs in dist/ under the same names.
 * The bot's libraries are built in, because Node takes twice as long to load the thousand files in which
 * they come. Names are kept as they are, so that a stack trace can be read.
 */
const programs = [
  'src/main.ts',
  'src/terminal/main.ts',
  'src/docs.ts',
  ...readdirSync('commands', { recursive: true })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `commands/${file}`),
];
/** Not there where only the bot is built, as for its container image. */
const apart = [
  'sandbox/main.ts',
  'sandbox/bot.ts',
  'bench/main.ts',
  'bench/bare.ts',
  'bench/stopping.ts',
  'bench/deciding.ts',
  'bench/deploying.ts',
].filter((file) => existsSync(file));

/** OCI's SDK is loaded when it is first needed and is large; libsql and resvg have a compiled part. */
const neverBuiltIn = /^(oci-|libsql|pg-native|@resvg\/)/;

/** The sandbox stays apart from the bot that runs in it, and the bench measures Bolt as it comes. */
const staysApart = (importer) => /^(sandbox|bench)\//.test(relative(process.cwd(), importer));

/** Leaves a file of the last build where it is the same, since a bot may be starting from it. */
/** @type {import('rolldown').Plugin} */
const keepEqualFiles = {
  name: 'keep-equal-files',
  generateBundle({ dir = 'dist' }, bundle) {
    for (const [name, output] of Object.entries(bundle)) {
      const before = join(dir, name);
      if (output.type === 'chunk' && existsSync(before) && readFileSync(before, 'utf8') === output.code)
        delete bundle[name];
    }
  },
};

await build({
  logLevel: 'warn',
  input: Object.fromEntries([...programs, ...apart].map((file) => [file.replace(/\.ts$/, ''), file])),
  platform: 'node',
  // a program that runs when it is loaded must not hold code that another one needs
  preserveEntrySignatures: 'strict',
  external: (id, importer = '') => neverBuiltIn.test(id) || (/^[@a-z]/.test(id) && staysApart(importer)),
  plugins: [keepEqualFiles],
  output: { dir: 'dist', entryFileNames: '[name].js', chunkFileNames: 'shared/[name].js' },
});

/** A command that is no more would still be loaded from the last build. */
if (existsSync('dist/commands'))
  for (const file of readdirSync('dist/commands', { recursive: true }))
    if (file.endsWith('.js') && !programs.includes(`commands/${file.replace(/\.js$/, '.ts')}`))
      rmSync(join('dist/commands', file));

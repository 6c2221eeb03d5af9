import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { parse } from 'yaml';

const packageRoot = new URL('../..', import.meta.url);
const { features } = parse(readFileSync(new URL('manifest.yml', packageRoot), 'utf8'));

/** Built into one folder of static files, which the sandbox serves; nothing is fetched from elsewhere. */
export default defineConfig({
  plugins: [react()],
  base: './',
  // What the app offers to type and to pick is declared once, in its manifest.
  define: {
    SLASH_COMMANDS: JSON.stringify(features.slash_commands ?? []),
    SHORTCUTS: JSON.stringify(features.shortcuts ?? []),
  },
  build: {
    outDir: fileURLToPath(new URL('dist/sandbox/page', packageRoot)),
    emptyOutDir: true,
    target: 'es2023',
    chunkSizeWarningLimit: 2_000,
  },
});

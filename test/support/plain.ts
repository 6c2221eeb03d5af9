import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/root.ts';

/** The sandbox's configuration without all that is about schedules: the bot does not look around by itself. */
export const plain = readFileSync(join(packageRoot, 'sandbox/lamplighter.yml'), 'utf8').replace(
  /^(# Edges act|policies:)[\s\S]*(?=^breakGlass:)/m,
  '',
);

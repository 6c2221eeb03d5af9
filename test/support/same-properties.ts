import fc from 'fast-check';

/** Vitest's setup: each run tries the same cases of a property, so that it fails here if it fails anywhere. SEED has it try others. */
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env.SEED || 2026) });

import type { Fresh } from '../../../src/core/cloud.ts';
import { CloudError } from '../../../src/core/fault.ts';
import type { Observation, Receipt, Verb } from '../../../src/core/verb.ts';
import { createEngine } from '../../../src/engine/engine.ts';
import type { EngineOptions } from '../../../src/engine/room.ts';
import { openStore } from '../../../src/engine/store/store.ts';
import { createLog } from '../../../src/log.ts';
import { systemClock } from '../../../src/program/clock.ts';

/** What the parent hands over as the one argument, JSON. */
export interface Orders {
  readonly folder: string;
  readonly url?: string;
  readonly cloud: string;
  readonly options: Partial<EngineOptions>;
}

/** A process that only works: the test kills, stops and starts it. Its cloud is the parent's. */
const orders: Orders = JSON.parse(process.argv[2] ?? '');

async function ask<T>(what: string, question: object): Promise<T> {
  const reply = await fetch(`${orders.cloud}/${what}`, {
    method: 'POST',
    body: JSON.stringify(question),
  }).catch((cause) => {
    throw new CloudError({ message: 'no reply', status: 0, code: 'ECONNRESET', operation: what, cause });
  });
  if (!reply.ok) throw new CloudError({ ...JSON.parse(await reply.text()), operation: what });
  return JSON.parse(await reply.text()).answer;
}

const stop: Verb = {
  label: 'Stop',
  permission: 'INSTANCE_POWER_ACTIONS',
  act: (step, { token, etag }) => ask<Receipt>('act', { step, token, etag }),
  observe: (step) => ask<Observation>('observe', { step }),
};

const store = await openStore(orders);
const engine = createEngine({
  store,
  verbs: { 'instance.stop': stop },
  read: (target) => ask<Fresh | undefined>('read', target),
  clock: systemClock,
  log: createLog({ level: process.env.TEST_LOG ?? 'silent' }),
  node: `child ${process.pid}`,
  options: orders.options,
});
await engine.start();
process.on('SIGTERM', async () => {
  await engine.stop(2_000);
  await store.close();
  process.exit(0);
});
process.stdout.write('working\n');

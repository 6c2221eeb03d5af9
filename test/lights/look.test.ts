import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CloudReader, Found } from '../../src/core/cloud.ts';
import { createLedger } from '../../src/engine/schedules/ledger.ts';
import type { Ground } from '../../src/lights/ground.ts';
import { look } from '../../src/lights/look.ts';
import { settleAll } from '../../src/lights/settle.ts';
import { createLog } from '../../src/log.ts';
import { policy } from '../core/schedule/policies.ts';
import { timetable } from '../core/schedule/reading.ts';
import { type House, hour, house, makeSite, type Site, until } from '../engine/house.ts';

let site: Site;
let at: House;
beforeEach(async () => {
  site = await makeSite();
  at = await house(site);
  await at.engine.start();
});
afterEach(async () => {
  await at.close();
  await site.remove();
});

const names = ['web-1', 'web-2'];

async function seen(): Promise<Found> {
  const found = await Promise.all(
    names.map((name) =>
      at.cloud.read({ kind: 'instance', ocid: `ocid1.instance.${name}`, region: 'eu-frankfurt-1' }),
    ),
  );
  return { targets: found.flatMap((each) => each ?? []), missing: [] };
}

/** What a process stands on whose sight of OCI arrives when `answer` lets it. */
function ground(answer: (found: Found) => Promise<Found> = async (found) => found): Ground {
  const never = () => Promise.reject(new Error('nobody asks for this'));
  const cloud: CloudReader = {
    find: async () => answer(await seen()),
    read: at.cloud.read,
    controllers: async () => ({ by: new Map(), missing: [] }),
    spend: async () => undefined,
    inspect: never,
    names: never,
    logs: never,
    deploys: {
      survey: async () => {
        throw new Error('no deploys');
      },
      serving: never,
      imagesOf: never,
      image: async () => undefined,
      tags: async () => [],
    },
    probes: () => [],
  };
  return {
    cloud,
    engine: at.engine,
    ledger: createLedger(at),
    choices: at.choices,
    post: (letter) => at.outbox.put(letter),
    policies: [policy('shop', ['kind:vm'], { channel: 'C1', timetable: timetable('07:00-19:00 UTC') })],
    rules: [{ name: 'schedules', who: ['schedule'], commands: ['*'], effect: 'allow' }],
    deadlines: { start: hour, stop: hour, restart: hour, scale: hour },
    clock: at.clock,
    log: createLog({ level: 'silent' }),
  };
}

test('what another process does while this one looks at OCI is not taken for somebody’s doing', async () => {
  for (const name of names) at.cloud.add(name);
  const evening = Date.parse('2026-11-25T19:00:00Z');
  at.clock.advance(evening - hour - at.clock.now());
  await look(ground());
  at.clock.advance(hour + 1_000);

  // this one sees them up, and is slow; the other follows the edge meanwhile, to its end
  let go = () => {};
  const gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  const looking = look(ground((found) => gate.then(() => found)));
  await look(ground());
  const [operation] = await at.engine.list({ limit: 1 });
  await until(at.engine, operation?.id ?? '');
  await settleAll(ground());
  go();
  // nothing was told by it: whoever counts looks must not take it for one
  const { outcome, next } = await looking;
  expect(outcome).toBe('overtaken');
  expect(next - at.clock.now()).toBeLessThanOrEqual(1_000);

  const memories = await ground().ledger.allMemories();
  expect([...memories.values()].map(({ memory }) => [memory.outcome, memory.flips])).toEqual([
    ['done', []],
    ['done', []],
  ]);
  expect(await at.engine.list({ limit: 10 })).toHaveLength(1);
  await look(ground());
  expect(at.cloud.acts).toHaveLength(2);
  const letters = await at.outbox.due(at.clock.now(), 10);
  expect(letters.filter(({ key }) => key.startsWith('evening:'))).toHaveLength(1);
});

import type { Progress } from '../../../src/core/operation.ts';
import type { Step } from '../../../src/core/plan.ts';
import { createEngine } from '../../../src/engine/engine.ts';
import { createLog } from '../../../src/log.ts';
import { type Adapters, adaptersOver } from '../../../src/oci/adapters.ts';
import { Connection } from '../../../src/oci/client/service.ts';
import { servicesOver } from '../../../src/oci/client/services.ts';
import { draftOf, makeSite, open, quick, until } from '../../engine/house.ts';
import { type Logged, type Stage, stage } from '../sandbox.ts';

/** A stage with the engine over its cloud, so that steps run as the bot runs them. */
export interface Bench extends Stage {
  readonly adapters: Adapters;
  /** One step from its approval to its end, with the clock running ahead. */
  run(step: Step): Promise<Ran>;
  /** How often calls of the operation took effect: answered well, or cut off after the effect. */
  effects(operation: string): Promise<number>;
}

export interface Ran {
  readonly status: string;
  readonly step: Progress | undefined;
  /** What the operation said of itself, when it never came to its step. */
  readonly because: string;
}

const places = `
tenancy: lamplight
user: { name: lamplighter-bot, email: lamplighter@lamplight.example }
regions:
  - { name: eu-frankfurt-1, key: FRA, domains: 3 }
compartments:
  shop: { description: The web shop }
  shop/dev: { description: Where the shop is built }
`;

/** Milliseconds that the clock goes on in five: a thousand times as fast, since some changes take half an hour. */
const pace = 5_000;

/** A busy machine must not make a step late. */
export function patient(step: Step): Step {
  return { ...step, within: 24 * 3_600_000 };
}

/** @param seed what the tenancy holds: seed.yml from the resources on, all in eu-frankfurt-1 and shop/dev */
export async function bench(seed: string): Promise<Bench> {
  const on = await stage({ seed: `${places}\n${seed}` });
  const site = await makeSite();
  const store = await open(site);
  const engine = createEngine({
    store,
    verbs: on.cloud.verbs,
    read: on.cloud.reader.read,
    clock: on.clock,
    log: createLog({ level: process.env.TEST_LOG ?? 'silent' }),
    node: 'contract',
    options: quick,
  });
  await engine.start();
  const say = () => undefined;
  const connection = new Connection({
    auth: { type: 'config', file: on.configFile },
    endpoint: on.oci.endpoint,
    clock: on.clock,
    log: { debug: say, warn: say },
  });
  const services = servicesOver(connection);
  return {
    ...on,
    adapters: adaptersOver(services),
    run: async (step) => {
      const plan = {
        title: `${step.verb} of ${step.target.name}`,
        impact: 'change',
        consequences: [],
        waves: [[step]],
        unchanged: [],
        line: step.verb,
      } as const;
      const { id } = await engine.propose(draftOf(plan));
      const { status, steps, because } = await on.hurry(until(engine, id), pace);
      return { status, step: steps[0], because: steps[0]?.note ?? because ?? '' };
    },
    effects: async (operation) =>
      (await on.requests()).filter((call) => call.operation === operation && tookEffect(call)).length,
    close: async () => {
      await engine.stop(5_000);
      await store.close();
      for (const service of Object.values(services)) service.close();
      connection.close();
      await on.close();
      await site.remove();
    },
  };
}

function tookEffect({ status, fault, repeated }: Logged): boolean {
  if (repeated) return false;
  return status === 0 ? /drop after/.test(fault ?? '') : status < 300;
}

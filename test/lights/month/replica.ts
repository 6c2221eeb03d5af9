import type { SandboxClock } from '../../../sandbox/clock.ts';
import type { CloudReader } from '../../../src/core/cloud.ts';
import { createChoices } from '../../../src/engine/choices.ts';
import { createEngine, type Engine } from '../../../src/engine/engine.ts';
import { putLetter } from '../../../src/engine/mail/letters.ts';
import { createKeeps } from '../../../src/engine/schedules/keeps.ts';
import { createLedger } from '../../../src/engine/schedules/ledger.ts';
import type { Store } from '../../../src/engine/store/store.ts';
import { createLights, type LightsService } from '../../../src/lights/service.ts';
import { createLog } from '../../../src/log.ts';
import type { Cloud } from '../../../src/oci/cloud.ts';
import { Life, mortalStore, mortalVerbs } from '../../engine/mortal.ts';
import { policies } from './town.ts';

/** One process of the bot without its front end, over a store and a cloud that it may die at. */
export interface Replica {
  readonly life: Life;
  readonly engine: Engine;
  /** From when on everything was looked at to the end, in clock ms. */
  lookedAt(): number;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function replicaOf(on: {
  readonly clock: SandboxClock;
  readonly cloud: Cloud;
  readonly store: Store;
  readonly name: string;
  /** On SQLite one process works; the schedules of the other follow what that one does. */
  readonly worker?: () => Engine;
}): Replica {
  const { clock } = on;
  const life = new Life();
  const store = mortalStore(on.store, life);
  const log = createLog({ level: process.env.TEST_LOG ?? 'silent' });
  let began = 0;
  let lookedAt = 0;
  const cloud = mortalCloud(on.cloud.reader, life, () => {
    began = clock.now();
  });
  const keeps = createKeeps({ store, clock });
  const own = createEngine({
    store,
    verbs: mortalVerbs({ ...on.cloud.verbs, ...keeps.verbs }, life),
    read: cloud.read,
    clock,
    log,
    node: on.name,
    addressOf: () => undefined,
    options: { poll: 25, observe: { first: 2_000, longest: 5_000 }, lease: 1_500, beat: 300 },
  });
  const engine = on.worker ? follower(on.worker, store) : own;
  const lights: LightsService = createLights(
    {
      cloud,
      engine,
      ledger: createLedger({ store, clock }),
      choices: createChoices({ store, clock }),
      post: (letter) => store.write((db) => putLetter(db, letter)),
      policies,
      rules: [{ name: 'schedules', who: ['schedule'], commands: ['*'], effect: 'allow' }],
      deadlines: { start: long, stop: long, restart: long, scale: long },
      clock,
      log,
      onLook: (outcome) => {
        if (outcome === 'done') lookedAt = began;
      },
    },
    keeps,
  );
  return {
    life,
    engine,
    lookedAt: () => lookedAt,
    start: async () => {
      if (!on.worker) await own.start();
      lights.start();
    },
    stop: async () => {
      await lights.stop();
      if (!on.worker) await own.stop(life.over ? 0 : 5_000);
    },
  };
}

/** The clock runs ahead while a test waits, and a busy machine must not make a step late. */
const long = 4 * 3_600_000;

/** What the schedules of a process that does not work itself need of the one that does. */
function follower(worker: () => Engine, store: Store): Engine {
  return {
    ...worker(),
    fire: (draft, changes) => worker().fire(draft, changes),
    get working() {
      return worker().working;
    },
    onChange: (listener) => store.changed.listen(listener),
  };
}

function mortalCloud(reader: CloudReader, life: Life, onFind: () => void): CloudReader {
  return {
    ...reader,
    find: (selector) => {
      onFind();
      return life.call(() => reader.find(selector));
    },
    read: (target) => life.call(() => reader.read(target)),
    controllers: () => life.call(() => reader.controllers()),
    spend: async () => undefined,
  };
}

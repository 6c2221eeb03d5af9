import type { SandboxClock } from '../../sandbox/clock.ts';
import type { App } from '../../src/core/deploy/app.ts';
import type { Standing } from '../../src/core/deploy/standing.ts';
import { isFinal, type Operation } from '../../src/core/operation.ts';
import type { Plan } from '../../src/core/plan.ts';
import { type Ground, planDeploy } from '../../src/deploying/planning.ts';
import type { Wish } from '../../src/deploying/wish.ts';
import { createEngine, type Engine } from '../../src/engine/engine.ts';
import { createHolds, type Holds } from '../../src/engine/holds.ts';
import { createReleases } from '../../src/engine/releases.ts';
import type { Store } from '../../src/engine/store/store.ts';
import { createLog } from '../../src/log.ts';
import { draftOf, makeSite, open, siteKinds } from '../engine/house.ts';
import { Life, mortalStore, mortalVerbs } from '../engine/mortal.ts';
import { bare } from '../oci/bare.ts';
import { type Stage, stage } from '../oci/sandbox.ts';
import { seed, storeApp } from './shop.ts';

/** Deploys as they are planned and run, over a cloud in a sandbox: all but the front ends. */
export interface Rig {
  readonly at: Stage;
  readonly clock: SandboxClock;
  readonly store: Store;
  readonly holds: Holds;
  readonly engine: Engine;
  readonly look: Ground;
  readonly app: App;
  plan(wish?: Partial<Wish>): Promise<Plan>;
  /** Begins the plan; the clock runs ahead while it is waited for. */
  run(plan: Plan): Promise<Operation>;
  begin(plan: Plan): Promise<string>;
  until(id: string, condition?: (operation: Operation) => boolean): Promise<Operation>;
  /** Names of the container instances that are up, and of the backends that take traffic. */
  standing(): Promise<{ readonly up: readonly string[]; readonly serving: readonly string[] }>;
  /** The process that works dies at its nth call from now on, and another one takes over. False: it never came to it. */
  die(calls: number): Promise<boolean>;
  /** Somebody changes the backend of an instance in the Console. */
  byHand(instance: string, change: Partial<Standing>): Promise<void>;
  /** Any other request to the sandbox's control of Oracle Cloud. */
  control(path: string, body: object): Promise<void>;
  /** Another image under that name: a tag that is there is moved. */
  push(image: string): Promise<void>;
  close(): Promise<void>;
}

export async function rig(
  more: Partial<App> = {},
  /** With `traffic`, what runs in the instances answers, well or badly, as its image says. */
  options: { readonly seed?: string; readonly traffic?: boolean } = {},
): Promise<Rig> {
  const at = await stage({ seed: options.seed ?? seed, times: 'fast', traffic: options.traffic ?? false });
  const proxy = at.oci.traffic?.proxy;
  const opened = proxy === undefined ? undefined : at.open({ probeProxy: proxy });
  const site = await makeSite(siteKinds.at(-1));
  const store = await open(site);
  const { clock } = at;
  const cloud = opened ?? at.cloud;
  let life = new Life();
  const engineOf = (mortal: Life) =>
    createEngine({
      store: mortalStore(store, mortal),
      verbs: mortalVerbs(cloud.verbs, mortal),
      read: cloud.reader.read,
      glance: cloud.glance,
      clock,
      log: createLog({ level: process.env.TEST_LOG ?? 'silent' }),
      node: 'test',
      options: { poll: 20, observe: { first: 100, longest: 2_000 }, settle: 10, lease: 1_500, beat: 300 },
    });
  let running = engineOf(life);
  await running.start();
  // who looks and speaks does so by a process that lives
  const engine = engineOf(new Life());
  const app = storeApp(more);
  const holds = createHolds({ store, clock });
  const releases = createReleases(store);
  const look: Ground = {
    cloud: cloud.reader,
    operations: engine,
    deploys: { apps: [app], releases: releases.of, holds: () => holds.all() },
  };
  const until = async (id: string, condition = ({ status }: Operation) => isFinal(status)) => {
    const wait = async (): Promise<Operation> => {
      for (;;) {
        const operation = await engine.get(id);
        if (operation && condition(operation)) return operation;
        if (operation && isFinal(operation.status))
          throw new Error(`${id} is ${operation.status}: ${operation.because ?? ''}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    };
    return at.hurry(wait(), 2_000);
  };
  const control = async (path: string, body: object) => {
    const reply = await at.oci.control.request(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
    if (!reply.ok) throw new Error(await reply.text());
  };
  const begin = async (plan: Plan) => (await engine.propose(draftOf(plan))).id;
  return {
    at,
    clock,
    store,
    holds,
    engine,
    look,
    app,
    plan: (wish = {}) => planDeploy(look, { app: app.name, environment: {}, image: '1.1.0', ...wish }),
    begin,
    until,
    run: async (plan) => until(await begin(plan)),
    standing: async () => {
      const { old } = await cloud.reader.deploys.survey(app);
      const up = old.filter(({ target }) => target.state === 'ACTIVE');
      return {
        up: up.map(({ target }) => target.name),
        serving: up
          .filter(({ backends }) =>
            backends.some(({ drain, offline, backup }) => !drain && !offline && !backup),
          )
          .map(({ target }) => target.name),
      };
    },
    byHand: async (instance, change) => {
      const console = bare(at);
      try {
        const { old, places } = await cloud.reader.deploys.survey(app);
        const [backend] = old.find(({ target }) => target.name === instance)?.backends ?? [];
        const [place] = places;
        if (!backend || !place) throw new Error(`${instance} is no backend`);
        const { weight, backup, drain, offline } = { ...backend, ...change };
        const { signal } = new AbortController();
        await console.services.loadBalancers.act('UpdateBackend', app.region, signal, (client) =>
          client.updateBackend({
            loadBalancerId: place.balancer.ocid,
            backendSetName: place.set,
            backendName: backend.name,
            updateBackendDetails: { weight, backup, drain, offline },
          }),
        );
        // until its work request is over
        clock.advance(60_000);
      } finally {
        console.close();
      }
    },
    control,
    push: (image) => control('/images', { image }),
    die: async (calls) => {
      life.endAfter(calls);
      const soon = () => new Promise((resolve) => setTimeout(resolve, 5));
      const due = performance.now() + 20_000;
      const dying = async () => {
        while (!life.over && performance.now() < due) await soon();
      };
      await at.hurry(dying(), 500);
      const wasKilled = life.over;
      await running.stop(0);
      life = new Life();
      running = engineOf(life);
      await running.start();
      // the clock stands until it has taken over: what waits for a lease in real time must not lose hours by the clock
      while (
        running.status().running === 0 &&
        Object.values(await engine.counts()).some((count) => count > 0)
      )
        await soon();
      return wasKilled;
    },
    close: async () => {
      await running.stop(1_000);
      await store.close();
      await at.close();
      await site.remove();
    },
  };
}

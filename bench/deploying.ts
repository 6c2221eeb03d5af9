/** The process that is measured: the engine over the SDK deploys. Prints what it took as JSON. */

import type { App, Strategy } from '../src/core/deploy/app.ts';
import { isFinal, type Operation } from '../src/core/operation.ts';
import type { Plan, Step } from '../src/core/plan.ts';
import { planDeploy } from '../src/deploying/planning.ts';
import { createEngine } from '../src/engine/engine.ts';
import { createReleases } from '../src/engine/releases.ts';
import { openStore } from '../src/engine/store/store.ts';
import { createLog } from '../src/log.ts';
import { createCloud } from '../src/oci/cloud.ts';
import { systemClock as clock } from '../src/program/clock.ts';
import { crowd, replicas } from './crowd.ts';

const {
  OCI_ENDPOINT: endpoint = '',
  OCI_CONFIG_FILE: file = '',
  STORE: folder = '',
  TIMES = '{}',
} = process.env;
const lasting: Readonly<Record<string, number>> = JSON.parse(TIMES);
const strategies = ['rolling 2', 'blue-green', 'canary 34 % 2s, 100 %'];

const log = createLog({ level: 'warn' });
let conflicts = 0;
const cloud = createCloud({
  auth: { type: 'config', file },
  endpoint,
  clock,
  log,
  onCall: ({ status }) => {
    if (status === 409) conflicts += 1;
  },
});
const store = await openStore({ folder });
const engine = createEngine({
  store,
  verbs: cloud.verbs,
  read: cloud.reader.read,
  glance: cloud.glance,
  clock,
  log,
  node: 'bench',
});
await engine.start();
const answer = process.argv[2] === 'crowd' ? await manyApps() : await eachStrategy();
process.stdout.write(JSON.stringify(answer));
await engine.stop(1_000);
await store.close();
cloud.close();

async function eachStrategy() {
  const app = appOf('shop', replicas);
  const deploys = [];
  for (const [at, strategy] of strategies.entries()) {
    const plan = await planned(app, at % 2 === 0 ? '2' : '3', strategy);
    const began = performance.now();
    const { status } = await over(await propose(plan));
    deploys.push({
      strategy,
      status,
      seconds: (performance.now() - began) / 1_000,
      waits: waitsOf(plan) / 1_000,
    });
  }
  return deploys;
}

async function manyApps() {
  const apps = Array.from({ length: crowd }, (_, at) => appOf(`app${at + 1}`, 1));
  const plans = await Promise.all(apps.map((app) => planned(app, '2', 'blue-green')));
  const began = performance.now();
  const ended = await Promise.all(plans.map(async (plan) => over(await propose(plan))));
  const changes = plans.flatMap(({ waves }) => waves.flat()).filter(isChange).length;
  return {
    seconds: (performance.now() - began) / 1_000,
    waits: (changes * (lasting.loadBalancerUpdate ?? 0)) / 1_000,
    succeeded: ended.filter(({ status }) => status === 'succeeded').length,
    conflicts,
  };
}

/** What the plan has to wait for: of steps side by side the longest, of changes of one load balancer their sum. */
function waitsOf({ waves }: Plan): number {
  return waves.reduce((sum, wave) => {
    const changes = wave.filter(isChange).length * (lasting.loadBalancerUpdate ?? 0);
    return sum + changes + Math.max(0, ...wave.map(waitOf));
  }, 0);
}

function isChange({ verb }: Step): boolean {
  return /^backend\.(add|set|remove)$/.test(verb);
}

function waitOf({ verb, with: options = {} }: Step): number {
  if (verb === 'container-instance.create') return lasting.containerCreate ?? 0;
  if (verb === 'container-instance.delete') return lasting.containerDelete ?? 0;
  if (verb === 'backend.well') return Number(options.sure ?? 0);
  return Number(options.ms ?? 0);
}

function planned(app: App, tag: string, strategy: string): Promise<Plan> {
  const look = {
    cloud: cloud.reader,
    operations: engine,
    deploys: { apps: [app], releases: createReleases(store).of, holds: async () => [] },
  };
  return planDeploy(look, { app: app.name, image: tag, environment: {}, strategy });
}

async function propose(plan: Plan): Promise<string> {
  const { id } = await engine.propose({
    key: plan.line,
    line: plan.line,
    actor: { kind: 'slack', user: 'UANA', team: 'T1', groups: [] },
    origin: { kind: 'terminal' },
    plan,
    asks: [],
  });
  return id;
}

async function over(id: string): Promise<Operation> {
  for (;;) {
    const operation = await engine.get(id);
    if (operation && isFinal(operation.status)) return operation;
    await clock.sleep(50);
  }
}

function appOf(name: string, count: number): App {
  const strategy: Strategy = { type: 'blue-green' };
  return {
    name,
    region: 'eu-frankfurt-1',
    compartment: 'shop',
    find: { name: `${name}-*`, tags: { app: name }, states: ['ACTIVE'] },
    instance: {
      shape: 'CI.Standard.E4.Flex',
      ocpus: 1,
      memory: 1,
      vnics: [{ subnet: 'sn-shop', securityGroups: [], publicIp: false }],
      containers: [
        {
          name: 'main',
          image: 'fra.ocir.io/bench/shop',
          command: [],
          arguments: [],
          environment: {},
          mounts: [],
          checks: [],
          resourcePrincipal: true,
        },
      ],
      volumes: [],
      restartPolicy: 'ALWAYS',
      gracefulShutdown: 30,
      pullSecrets: [],
      tags: {},
      definedTags: {},
    },
    replicas: count,
    spread: { domains: [], faultDomains: true, fallback: true },
    places: [
      { balancer: { kind: 'load-balancer', name: 'edge', tags: {} }, set: name, port: 8080, weight: 1 },
    ],
    health: { ok: 2 },
    minimum: count,
    drain: 1_000,
    bake: 2_000,
    strategy,
    gates: [],
    within: { create: 120_000, healthy: 120_000, remove: 120_000 },
  };
}

import type { Gate } from '../../src/core/deploy/app.ts';
import { deployPlan } from '../../src/core/deploy/plan.ts';
import type { FoundPlace, OldInstance, Scene } from '../../src/core/deploy/scene.ts';
import { describe, describePlan } from '../../src/core/describe.ts';
import type { Operation, Progress, Status } from '../../src/core/operation.ts';
import { type Plan, stepsOf, undoStepsOf } from '../../src/core/plan.ts';
import type { Report } from '../../src/core/report.ts';
import { storeApp } from '../deploy/shop.ts';
import { approval } from './operations.ts';

/** A deploy of six instances in two places as a value, in every state in which somebody reads of it. */

const gates: readonly Gate[] = [
  {
    type: 'metric',
    name: 'errors',
    namespace: 'shop',
    query: 'RequestErrors[1m].sum()',
    pass: { is: '<', value: 1 },
    fail: { is: '>=', value: 5 },
    every: 5_000,
    delay: 0,
    failures: 0,
    observeOnly: false,
  },
  {
    type: 'person',
    name: 'look',
    from: ['S0LEADS0000', 'U0BENOKAFOR'],
    every: 0,
    delay: 0,
    failures: 0,
    observeOnly: false,
  },
];
const app = storeApp({
  replicas: 6,
  gates,
  strategy: {
    type: 'canary',
    steps: [
      { share: 1, hold: 600_000 },
      { share: 25, hold: 600_000 },
      { share: 100, hold: 0 },
    ],
  },
});

const places = ['api', 'admin'].map(
  (set): FoundPlace => ({
    kind: 'load-balancer',
    balancer: { ocid: 'ocid1.loadbalancer.oc1..store', name: 'store-lb' },
    set,
    port: 8080,
    weight: 1,
    policy: 'ROUND_ROBIN',
    sure: 30_000,
    idle: 60_000,
  }),
);

const old = Array.from({ length: 6 }, (_, at): OldInstance => {
  const backend = { name: `10.0.6.${at + 2}:8080`, port: 8080, weight: 1 };
  return {
    target: {
      kind: 'container-instance',
      ocid: `ocid1.computecontainerinstance.oc1..store-v2-${at + 1}`,
      name: `store-v2-${at + 1}`,
      region: 'eu-frankfurt-1',
      compartment: 'store',
      state: 'ACTIVE',
    },
    ip: `10.0.6.${at + 2}`,
    backends: places.map((_place, place) => ({
      ...backend,
      place,
      backup: false,
      drain: false,
      offline: false,
    })),
  };
});

export const scene: Scene = {
  app,
  old,
  places,
  strangers: [],
  fresh: Array.from({ length: 6 }, (_, at) => ({
    name: `store-v3-${at + 1}`,
    spots: [{ availabilityDomain: `Uocm:EU-FRANKFURT-1-AD-${(at % 3) + 1}` }],
    details: {},
    secrets: [],
  })),
  release: {
    app: 'store',
    version: 3,
    image: 'fra.ocir.io/lamplight/store:1.5.0',
    digest: `sha256:${'9760f39f0cfd'.repeat(5)}9760`,
    replaces: { version: 2, image: 'fra.ocir.io/lamplight/store:1.4.2' },
    environment: { LOG_LEVEL: 'debug' },
    strategy: 'canary 1 % 10m, 25 % 10m, 100 %',
    made: {},
  },
};

export const deploy: Plan = deployPlan(scene, {
  title: 'Deploy store 1.5.0',
  line: 'deploy store image=fra.ocir.io/lamplight/store:1.5.0 env LOG_LEVEL=debug',
  doubts: [],
  makes: scene.fresh.map(({ name }) => ({
    kind: 'container-instance',
    ocid: `new:${name}`,
    name,
    region: 'eu-frankfurt-1',
    compartment: { ocid: 'ocid1.compartment.oc1..store', path: 'store' },
    tags: {},
    state: 'ABSENT',
  })),
});

const begun = approval.askedAt + 60_000;
const decided = {
  ...approval,
  decisions: [{ by: 'U0BENOKAFOR', verdict: 'approve' as const, at: begun }],
};

/** What is known of a step by its name, where it is not the same as of all others. */
type Told = (name: string) => Partial<Progress> | undefined;

export function deployed(
  status: Status,
  told: { readonly there?: Told; readonly back?: Told },
  more: Partial<Operation> = {},
): Operation {
  const stands =
    (of: Told = () => undefined) =>
    (step: Progress['step']): Progress => {
      const known = of(step.name);
      return { step, state: 'pending', attempts: known ? 1 : 0, ...known };
    };
  const isOver = !['waiting', 'running', 'undoing'].includes(status);
  const isBegun = !['waiting', 'void', 'cancelled'].includes(status);
  return {
    id: 'op-81',
    status,
    line: deploy.line,
    actor: { kind: 'slack', user: 'U0ANAPETROV', team: 'T0LAMPLIGHT', groups: [] },
    origin: { kind: 'slack', channel: 'C0OPS000000' },
    plan: deploy,
    digest: approval.digest,
    approval: status === 'waiting' ? approval : decided,
    steps: stepsOf(deploy).map(stands(told.there)),
    undo: undoStepsOf(deploy).map(stands(told.back)),
    createdAt: approval.askedAt,
    ...(isBegun ? { startedAt: begun } : {}),
    ...(isOver ? { finishedAt: begun + 26 * 60_000 } : {}),
    ...more,
  };
}

/** All before the step are done, the step is as it is said, those after it have not begun. */
export function upTo(name: string, at: Partial<Progress>, after: Progress['state'] = 'pending'): Told {
  const names = stepsOf(deploy).map((step) => step.name);
  const place = names.findIndex((each) => each.startsWith(name));
  if (place < 0) throw new Error(`no step begins with ${name}`);
  return (each) => {
    const here = names.indexOf(each);
    if (here === place) return { state: 'running', ...at };
    return here < place ? { state: 'done' } : { state: after };
  };
}

const firstHold = 'deploy.hold 1 %';
const failure = 'Gate errors: 12, which fails at >= 5';
const undone = deployed(
  'undone',
  {
    there: upTo(firstHold, { state: 'failed', note: failure }, 'skipped'),
    back: (name) =>
      name === 'undo deploy.tally'
        ? { state: 'done', note: '33 of 4,576 requests were answered with 5xx' }
        : { state: /store-v3-1( |$)|store-v2|deploy\.wait/.test(name) ? 'done' : 'skipped' },
  },
  { because: `Hold at 1 %: ${failure}` },
);
const refused = 'Too many backends. (400 LimitExceeded, opc-request-id 4F3A9C/1/2)';

const [firstOld] = old;
/** The way back came off but for the end of a deletion. */
const leftovers = deployed(
  'failed',
  {
    there: upTo('backend.add store-v3-1', { state: 'failed', note: refused }, 'skipped'),
    back: (name) =>
      name === 'undo container-instance.delete store-v3-1'
        ? { state: 'failed', note: 'store-v3-1 was not deleted within 10 min; still DELETING' }
        : { state: /store-v3-1( |$)|store-v2|deploy\./.test(name) ? 'done' : 'skipped' },
  },
  { because: `Add store-v3-1 to api of store-lb: ${refused}` },
);
const forbidden = 'Authorization failed. (404 NotAuthorizedOrNotFound, opc-request-id 4F3A9C/3/4)';

export const deployOperations = {
  card: deployed('waiting', {}),
  running: deployed('running', {
    there: upTo(firstHold, { note: '2 min 12 s of 10 min; errors: 0.3' }),
  }),
  asking: deployed('running', {
    there: upTo(firstHold, {
      note: '10 min are over; errors: no data',
      asks: 'Gate look: shall it go on? It cannot be told whether it is well (errors: no data).',
    }),
  }),
  undoing: deployed('undoing', {
    there: upTo('backend.add store-v3-1', { state: 'failed', note: refused }, 'skipped'),
    back: (name) => ({ state: /store-v3-1( |$)|deploy\.wait/.test(name) ? 'pending' : 'skipped' }),
  }),
  undone,
  aborted: deployed(
    'undone',
    {
      there: upTo(firstHold, { state: 'skipped', note: 'not waited for any longer' }, 'skipped'),
      back: (name) => ({ state: /store-v3-1( |$)|store-v2|deploy\.wait/.test(name) ? 'done' : 'skipped' }),
    },
    { cancel: { by: 'U0CHLOEMART', at: begun + 120_000, because: 'customers see errors' } },
  ),
  unhealthy: deployed('undone', {
    there: upTo(
      'backend.well store-v3-1',
      {
        state: 'failed',
        note: 'store-v3-1 was not healthy in api of store-lb within 2 min: no node of the load balancer says OK',
      },
      'skipped',
    ),
    back: (name) => ({ state: /store-v3-1( |$)|store-v2|deploy\.wait/.test(name) ? 'done' : 'skipped' }),
  }),
  void: deployed(
    'void',
    { there: () => ({ state: 'skipped', attempts: 0 }), back: () => ({ state: 'skipped' }) },
    { because: 'store-v2-1 is INACTIVE now, not ACTIVE.' },
  ),
  cancelled: deployed(
    'cancelled',
    { there: () => ({ state: 'skipped', attempts: 0 }), back: () => ({ state: 'skipped' }) },
    { cancel: { by: 'U0CHLOEMART', at: begun + 30_000, because: 'not before the sale' } },
  ),
  'no-return': deployed('running', { there: upTo('container-instance.delete ocid', { note: 'DELETING' }) }),
  leftovers,
  finished: { ...leftovers, followUp: { operation: 'op-82', status: 'succeeded' } },
  beyond: deployed('failed', {
    there: (name) =>
      name === `container-instance.delete ${firstOld?.target.ocid}`
        ? { state: 'failed', note: forbidden }
        : { state: 'done' },
    back: () => ({ state: 'skipped' }),
  }),
  done: deployed('succeeded', {
    there: (name) => ({
      state: 'done',
      ...(name.startsWith('deploy.hold') ? { note: 'promoted by @U0DANAWEISS; errors: 0.2' } : {}),
    }),
  }),
} satisfies Readonly<Record<string, Operation>>;

export const deployReports: Readonly<Record<string, Report>> = {
  'dry-run': describePlan(deploy, approval.digest, ['Would ask ', { group: 'S0ONCALL000' }, '.']),
  ...Object.fromEntries(Object.entries(deployOperations).map(([name, each]) => [name, describe(each)])),
};

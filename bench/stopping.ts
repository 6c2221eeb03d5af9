/**
 * The process that is measured: the engine over the SDK stops everything that can be stopped, as one
 * operation. Prints what it took as JSON.
 */

import type { Actor } from '../src/core/actor.ts';
import { planAct } from '../src/core/lifecycle.ts';
import { isFinal, type Operation } from '../src/core/operation.ts';
import { type Plan, planTarget, type Step } from '../src/core/plan.ts';
import { everything } from '../src/core/selector.ts';
import type { Target } from '../src/core/target.ts';
import { createEngine } from '../src/engine/engine.ts';
import { openStore } from '../src/engine/store/store.ts';
import { createLog } from '../src/log.ts';
import { createCloud } from '../src/oci/cloud.ts';
import { systemClock as clock } from '../src/program/clock.ts';
import type { Calls, Stopping } from './stop.ts';

const { OCI_ENDPOINT: endpoint = '', OCI_CONFIG_FILE: file = '', STORE: folder = '' } = process.env;
const log = createLog({ level: 'warn' });
const calls = new Map<string, { operation: string; region: string; made: number; refused: number }>();
const cloud = createCloud({
  auth: { type: 'config', file },
  endpoint,
  clock,
  log,
  onCall: ({ operation, region, status }) => {
    const key = `${operation} ${region}`;
    const counted = calls.get(key) ?? { operation, region, made: 0, refused: 0 };
    calls.set(key, counted);
    counted.made += 1;
    if (status === 429) counted.refused += 1;
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

const actor: Actor = { kind: 'slack', user: 'UANA', team: 'T1', groups: [] };
const { targets, missing } = await cloud.reader.find(everything);
if (missing.length > 0) throw new Error(JSON.stringify(missing));
const steps = targets.flatMap(stepOf);
// the limits were met while everything was looked for: a second fills the buckets again
await clock.sleep(2_000);
calls.clear();
await engine.start();
const began = performance.now();
const { id } = await engine.propose({
  key: 'bench',
  line: 'stop everything',
  actor,
  origin: { kind: 'terminal' },
  plan: planOf(steps),
  asks: [],
});
const ended = await over(id);
const seconds = (performance.now() - began) / 1_000;
const answer: Stopping = { seconds, stopped: stoppedOf(ended), status: ended.status, calls: tally() };
process.stdout.write(JSON.stringify(answer));
await engine.stop(1_000);
await store.close();
cloud.close();

/** Nodes of pools are stopped by their pools, and clusters by theirs. */
function stepOf(target: Target): Step[] {
  const act = planAct('stop', target);
  if (!('do' in act) || target.managedBy || target.kind === 'oke-cluster') return [];
  return [
    {
      name: `${act.do} ${target.ocid}`,
      verb: act.do,
      target: planTarget(target),
      within: 20 * 60_000,
    },
  ];
}

function planOf(wave: readonly Step[]): Plan {
  return {
    title: `Stop ${wave.length} resources`,
    impact: 'stop',
    consequences: ['They serve nobody until they are started.'],
    waves: [wave],
    unchanged: [],
    line: 'stop everything',
  };
}

async function over(operation: string): Promise<Operation> {
  while (Object.values(await engine.counts()).some((count) => count > 0)) await clock.sleep(50);
  const ended = await engine.get(operation);
  if (!ended || !isFinal(ended.status)) throw new Error(`${operation} did not end`);
  return ended;
}

function stoppedOf(operation: Operation): number {
  const failed = operation.steps.filter(({ state }) => state !== 'done');
  for (const { step, state, note } of failed.slice(0, 5))
    log.warn({ step: step.name, state, note }, 'not stopped');
  return operation.steps.length - failed.length;
}

function tally(): readonly Calls[] {
  return [...calls.values()].sort((a, b) => b.made - a.made);
}

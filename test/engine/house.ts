import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { SandboxClock } from '../../sandbox/clock.ts';
import type { Actor } from '../../src/core/actor.ts';
import type { Ask } from '../../src/core/approval.ts';
import { describe as describeOperation } from '../../src/core/describe.ts';
import { isFinal, type Operation } from '../../src/core/operation.ts';
import { type Plan, planTarget } from '../../src/core/plan.ts';
import type { Target } from '../../src/core/target.ts';
import type { Draft } from '../../src/engine/asking/draft.ts';
import { createChoices } from '../../src/engine/choices.ts';
import { createEngine, type Engine } from '../../src/engine/engine.ts';
import { createInbox } from '../../src/engine/mail/inbox.ts';
import { createOutbox } from '../../src/engine/mail/outbox.ts';
import type { EngineOptions, Room } from '../../src/engine/room.ts';
import { openStore, type Store } from '../../src/engine/store/store.ts';
import { createLog } from '../../src/log.ts';
import { MemoryCloud } from './cloud.ts';
import type { Workshop } from './workshop.ts';

/** A place for a store that goes away after the test. `url` is absent for SQLite. */
export interface Site {
  readonly folder: string;
  readonly url?: string;
  remove(): Promise<void>;
}

export type SiteKind = 'sqlite' | 'postgres';

/** PostgreSQL too when TEST_DATABASE_URL names one. */
export const siteKinds: readonly SiteKind[] = process.env.TEST_DATABASE_URL
  ? ['sqlite', 'postgres']
  : ['sqlite'];

export async function makeSite(kind: SiteKind = 'sqlite'): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), 'lamplighter-'));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  if (kind === 'sqlite') return { folder, remove: async () => removeFolder() };
  const base = process.env.TEST_DATABASE_URL ?? '';
  const schema = `test_${randomBytes(6).toString('hex')}`;
  await onServer(base, `create schema ${schema}`);
  const url = new URL(base);
  url.searchParams.set('options', `-c search_path=${schema}`);
  return {
    folder,
    url: url.href,
    remove: async () => {
      await onServer(base, `drop schema ${schema} cascade`);
      removeFolder();
    },
  };
}

async function onServer(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(text).finally(() => client.end());
}

export function open(site: Site): Promise<Store> {
  return openStore({ folder: site.folder, ...(site.url ? { url: site.url } : {}) });
}

/** Quick enough for a test, slow enough to see. */
export const quick: Partial<EngineOptions> = {
  poll: 20,
  observe: { first: 5, longest: 20 },
  settle: 10,
};

export const ana = { kind: 'slack', user: 'UANA', team: 'T1', groups: [] } as const satisfies Actor;
export const ben = { kind: 'slack', user: 'UBEN', team: 'T1', groups: ['SONCALL'] } as const satisfies Actor;
export const cleo = {
  kind: 'slack',
  user: 'UCLEO',
  team: 'T1',
  groups: ['SONCALL'],
} as const satisfies Actor;

export const hour = 3_600_000;
export const oneApproval: Ask = { from: ['SONCALL'], count: 1, within: hour, requesterMayApprove: false };

/** Everything that a bot has except its front end, over a small cloud. */
export interface House {
  readonly clock: SandboxClock;
  readonly cloud: MemoryCloud;
  readonly workshop?: Workshop;
  readonly store: Store;
  readonly engine: Engine;
  readonly outbox: ReturnType<typeof createOutbox>;
  readonly inbox: ReturnType<typeof createInbox>;
  readonly choices: ReturnType<typeof createChoices>;
  close(): Promise<void>;
}

export async function house(
  site: Site,
  options: {
    clock?: SandboxClock;
    cloud?: MemoryCloud;
    /** Instead of the cloud. */
    workshop?: (clock: SandboxClock) => Workshop;
    engine?: Partial<EngineOptions>;
    node?: string;
    tells?: Room['tells'];
    logs?: Room['logs'];
  } = {},
): Promise<House> {
  const clock = options.clock ?? new SandboxClock();
  const cloud = options.cloud ?? new MemoryCloud(clock);
  const workshop = options.workshop?.(clock);
  const { verbs, read } = workshop ?? cloud;
  const store = await open(site);
  const engine = createEngine({
    store,
    verbs,
    read,
    clock,
    log: createLog({ level: process.env.TEST_LOG ?? 'silent' }),
    node: options.node ?? 'test',
    ...(options.tells ? { tells: options.tells } : {}),
    ...(options.logs ? { logs: options.logs } : {}),
    options: { ...quick, ...options.engine },
  });
  return {
    clock,
    cloud,
    ...(workshop ? { workshop } : {}),
    store,
    engine,
    outbox: createOutbox({ store, describe: describeOperation }),
    inbox: createInbox({ store, clock }),
    choices: createChoices({ store, clock }),
    close: async () => {
      await engine.stop(5_000);
      await store.close();
    },
  };
}

export function planOf(
  targets: readonly Target[],
  options: { verb?: string; within?: number; waves?: number } = {},
): Plan {
  const { verb = 'instance.stop', within = 10 * 60_000, waves = 1 } = options;
  const steps = targets.map((target) => ({
    name: `${verb} ${target.ocid}`,
    verb,
    target: planTarget(target),
    within,
  }));
  const size = Math.ceil(steps.length / waves);
  return {
    title: `Stop ${targets.length} instances`,
    impact: 'stop',
    consequences: ['They serve nobody until they are started.'],
    waves: Array.from({ length: waves }, (_, at) => steps.slice(at * size, (at + 1) * size)),
    unchanged: [],
    line: `stop ${targets.map(({ name }) => name).join(' ')}`,
  };
}

export function draftOf(plan: Plan, change: Partial<Draft> = {}): Draft {
  return {
    key: `key-${randomBytes(6).toString('hex')}`,
    line: plan.line,
    actor: ana,
    origin: { kind: 'slack', channel: 'C1' },
    plan,
    asks: [],
    ...change,
  };
}

/** The operation once it satisfies the condition: final, unless given. */
export async function until(
  engine: Engine,
  id: string,
  condition: (operation: Operation) => boolean = ({ status }) => isFinal(status),
): Promise<Operation> {
  for (;;) {
    const operation = await engine.get(id);
    if (operation && condition(operation)) return operation;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

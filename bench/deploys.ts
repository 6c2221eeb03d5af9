/** Deploys by the engine over the SDK, against an emulator: six replicas by each strategy, and fifty apps through one load balancer. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { SandboxClock } from '../sandbox/clock.ts';
import type { Times } from '../sandbox/oci/server.ts';
import { entryOf } from './apps.ts';
import { startCloud } from './cloud.ts';
import { crowd, replicas } from './crowd.ts';

/** What OCI takes here, in ms: a quarter of what it does take. */
export const times: Partial<Times> = {
  containerCreate: 5_000,
  containerDelete: 2_500,
  loadBalancerUpdate: 2_000,
};
/** For the crowd, whose changes all wait for each other. */
const quick: Partial<Times> = { ...times, loadBalancerUpdate: 250 };

export interface Deployed {
  readonly strategy: string;
  readonly seconds: number;
  /** What it has to wait for, in seconds. */
  readonly waits: number;
  readonly status: string;
}

export interface Deploying {
  readonly deploys: readonly Deployed[];
  readonly crowd: {
    readonly seconds: number;
    readonly waits: number;
    readonly succeeded: number;
    readonly conflicts: number;
  };
}

/** Runs it once, the emulators in this process and the engine in one of its own. */
export async function measureDeploys(clock: SandboxClock, folder: string): Promise<Deploying> {
  const [deploys] = [await run<Deploying['deploys']>('strategies', times)];
  return { deploys, crowd: await run<Deploying['crowd']>('crowd', quick) };

  async function run<T>(what: string, lasting: Partial<Times>): Promise<T> {
    const place = join(folder, what);
    const cloud = await startCloud(clock, place, { lists: lists(), times: lasting });
    try {
      const store = join(place, 'store');
      mkdirSync(store);
      const child = spawn(process.execPath, [entryOf('bench/deploying.js'), what], {
        env: {
          PATH: process.env.PATH ?? '',
          NODE_ENV: 'production',
          TZ: 'UTC',
          STORE: store,
          TIMES: JSON.stringify(lasting),
          ...cloud.env,
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [answer, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
      if (code !== 0) throw new Error(`${what} ended with ${code}`);
      return JSON.parse(answer) as T;
    } finally {
      await cloud.close();
    }
  }
}

const place = { region: 'eu-frankfurt-1', compartment: 'shop' };
const image = (tag: string) => `fra.ocir.io/bench/shop:${tag}`;

function lists() {
  const apps = Array.from({ length: crowd }, (_, at) => `app${at + 1}`);
  const one = (name: string, app: string) => ({
    name,
    ...place,
    ocpus: 1,
    memory: 1,
    tags: { app },
    containers: [{ name: 'main', image: image('1') }],
  });
  const check = { checkEvery: 1, checkRetries: 2 };
  return {
    repositories: [{ name: 'shop', ...place, images: [{ tags: ['1'] }, { tags: ['2'] }, { tags: ['3'] }] }],
    containerInstances: [
      ...Array.from({ length: replicas }, (_, at) => one(`shop-${at + 1}`, 'shop')),
      ...apps.map((app) => one(`${app}-1`, app)),
    ],
    loadBalancers: [
      {
        name: 'edge',
        ...place,
        backendSets: {
          shop: { ...check, backends: Array.from({ length: replicas }, (_, at) => `shop-${at + 1}:8080`) },
          ...Object.fromEntries(apps.map((app) => [app, { ...check, backends: [`${app}-1:8080`] }])),
        },
        listeners: Object.fromEntries(
          ['shop', ...apps].map((set, at) => [set, { port: 8000 + at, backendSet: set, idle: 1 }]),
        ),
      },
    ],
  };
}

export function showDeploys({ deploys, crowd: many }: Deploying): string {
  const verdict = (isKept: boolean) => (isKept ? 'ok' : 'TOO MUCH');
  const ratio = ({ seconds, waits }: { readonly seconds: number; readonly waits: number }) => seconds / waits;
  return [
    ...deploys.map(
      (each) =>
        `deploy ${replicas} replicas, ${each.strategy} (${each.status})   ${each.seconds.toFixed(1)} s, ${ratio(each).toFixed(2)}x of ${each.waits.toFixed(1)} s of waits (≤ 1.1x) ${verdict(ratio(each) <= 1.1 && each.status === 'succeeded')}`,
    ),
    `deploy ${crowd} apps at once through one load balancer   ${many.seconds.toFixed(1)} s, ${ratio(many).toFixed(2)}x of ${many.waits.toFixed(1)} s of its changes; ${many.succeeded} succeeded, ${many.conflicts} times 409, none of which anybody saw ${verdict(many.succeeded === crowd)}`,
  ].join('\n');
}

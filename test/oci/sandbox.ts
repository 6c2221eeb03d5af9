import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { SandboxClock } from '../../sandbox/clock.ts';
import { type OciOptions, type OciSandbox, parseSeed, readSeed, startOci } from '../../sandbox/oci/server.ts';
import type { Fresh } from '../../src/core/cloud.ts';
import type { Step } from '../../src/core/plan.ts';
import { planTarget } from '../../src/core/plan.ts';
import { parseSelector } from '../../src/core/selector.ts';
import type { Target } from '../../src/core/target.ts';
import type { ActContext } from '../../src/core/verb.ts';
import type { CallRecord } from '../../src/oci/client/service.ts';
import { type Cloud, type CloudOptions, createCloud } from '../../src/oci/cloud.ts';
import { packageRoot } from '../../src/root.ts';

/** The bot's OCI room over the sandbox's OCI: real SDK, real HTTP, real signatures. */
export interface Stage {
  readonly oci: OciSandbox;
  readonly clock: SandboxClock;
  readonly cloud: Cloud;
  readonly calls: CallRecord[];
  /** What the room logged, as text. */
  readonly logged: string[];
  readonly configFile: string;
  /** Another cloud on the same sandbox. */
  open(options?: Partial<CloudOptions>): Cloud;
  find(line: string): Promise<readonly Target[]>;
  one(line: string): Promise<Target>;
  fresh(target: Target): Promise<Fresh>;
  fault(fault: object): Promise<void>;
  clearFaults(): Promise<void>;
  /** Rate limits from now on, before the usual ones. */
  limit(limits: readonly object[]): Promise<void>;
  /** Lets the clock run ahead while something waits by it, such as between tries: so many milliseconds in five. */
  hurry<T>(going: Promise<T>, pace?: number): Promise<T>;
  /** What clients called, newest last. */
  requests(): Promise<readonly Logged[]>;
  /** Changes a resource behind the bot's back. */
  edit(target: { readonly ocid: string }, change: object): Promise<void>;
  close(): Promise<void>;
}

const logShape = z.object({
  requests: z.array(
    z.object({
      method: z.string(),
      operation: z.string().optional(),
      region: z.string().optional(),
      resource: z.string().optional(),
      status: z.number(),
      path: z.string(),
      retryToken: z.string().optional(),
      ifMatch: z.string().optional(),
      fault: z.string().optional(),
      repeated: z.boolean().optional(),
    }),
  ),
});
export type Logged = z.infer<typeof logShape>['requests'][number];

export async function stage(
  options: Partial<Omit<OciOptions, 'seed'>> & {
    readonly seed?: string;
    readonly cloud?: Partial<CloudOptions>;
  } = {},
): Promise<Stage> {
  const clock = options.clock ?? new SandboxClock();
  const seed = options.seed ? parseSeed(options.seed) : readSeed(join(packageRoot, 'sandbox/seed.yml'));
  const oci = await startOci({ times: 'real', ...options, clock, seed });
  const folder = await mkdtemp(join(tmpdir(), 'lamplighter-oci-'));
  const configFile = await writeConfig(folder, oci);
  const calls: CallRecord[] = [];
  const logged: string[] = [];
  const say = (details: object, message: string) => logged.push(`${message} ${JSON.stringify(details)}`);
  const opened: Cloud[] = [];
  const open = (more: Partial<CloudOptions> = {}) => {
    const made = createCloud({
      auth: { type: 'config', file: configFile },
      endpoint: oci.endpoint,
      clock,
      log: { debug: say, warn: say },
      onCall: (call) => calls.push(call),
      ...more,
    });
    opened.push(made);
    return made;
  };
  const cloud = open(options.cloud);
  const control = async (path: string, init?: RequestInit) => {
    const reply = await oci.control.request(path, init);
    if (!reply.ok) throw new Error(`${path}: ${await reply.text()}`);
    return reply;
  };
  const post = (path: string, body: object) =>
    control(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
  const find = async (line: string) => (await cloud.reader.find(parseSelector(words(line)))).targets;
  return {
    oci,
    clock,
    cloud,
    calls,
    logged,
    configFile,
    open,
    find,
    one: async (line) => {
      const [only, ...more] = await find(line);
      if (!only || more.length > 0)
        throw new Error(`${line} means ${more.length + (only ? 1 : 0)} resources`);
      return only;
    },
    fresh: async (target) => {
      const fresh = await cloud.reader.read(target);
      if (!fresh) throw new Error(`${target.name} is gone`);
      return fresh;
    },
    fault: async (fault) => {
      await post('/faults', fault);
    },
    clearFaults: async () => {
      await control('/faults', { method: 'DELETE' });
    },
    limit: async (limits) => {
      await post('/limits', { limits });
    },
    hurry: (going, pace = 1_000) => {
      const ahead = setInterval(() => clock.advance(pace), 5);
      return going.finally(() => clearInterval(ahead));
    },
    requests: async () => {
      return logShape.parse(await (await control('/requests')).json()).requests;
    },
    edit: async ({ ocid }, change) => {
      await post(`/resources/${ocid}`, change);
    },
    close: async () => {
      for (const each of opened) each.close();
      await oci.close();
      await rm(folder, { recursive: true });
    },
  };
}

export function stepOf(verb: string, target: Target, options?: Step['with']): Step {
  return {
    name: `${verb} ${target.ocid}`,
    verb,
    target: planTarget(target),
    within: 600_000,
    ...(options ? { with: options } : {}),
  };
}

export function acting(etag: string | undefined, token = 'op-1/step-1'): ActContext {
  return { token, etag, signal: new AbortController().signal };
}

function words(line: string): string[] {
  return line.split(' ').filter((word) => word !== '');
}

async function writeConfig(folder: string, { credentials }: OciSandbox): Promise<string> {
  const keyFile = join(folder, 'key.pem');
  const configFile = join(folder, 'config');
  const { tenancy, user, fingerprint, region, privateKey } = credentials;
  await writeFile(keyFile, privateKey);
  await writeFile(
    configFile,
    `[DEFAULT]\ntenancy=${tenancy}\nuser=${user}\nfingerprint=${fingerprint}\nregion=${region}\nkey_file=${keyFile}\n`,
  );
  return configFile;
}

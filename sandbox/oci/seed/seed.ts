import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { common, defined, freeform, name } from './common.ts';
import { dataLists } from './data.ts';
import { limitShape } from './limits.ts';
import { networkLoadBalancer } from './network-balancers.ts';
import { platformListNames, platformLists } from './platform.ts';
import { repository } from './registry.ts';
import { secretShape } from './secrets.ts';

const instance = z.strictObject({
  ...common,
  shape: z.string().default('VM.Standard.E5.Flex'),
  ocpus: z.number().positive().default(1),
  memory: z.number().positive().default(8),
  image: z.string().default('Oracle-Linux-9.6-2026.10.20-0'),
  state: z.enum(['RUNNING', 'STOPPED']).default('RUNNING'),
  public: z.boolean().default(false),
  /** As OKE writes it into its nodes, for one. */
  metadata: z.record(z.string(), z.coerce.string()).default({}),
});

const container = z.strictObject({
  name,
  image: z.string(),
  command: z.array(z.string()).default([]),
  environment: z.record(z.string(), z.coerce.string()).default({}),
  healthCheckPort: z.int().optional(),
});

const containerInstance = z.strictObject({
  ...common,
  shape: z.string().default('CI.Standard.E4.Flex'),
  ocpus: z.number().positive().default(1),
  memory: z.number().positive().default(4),
  restartPolicy: z.enum(['ALWAYS', 'NEVER', 'ON_FAILURE']).default('ALWAYS'),
  containers: z.array(container).min(1),
  state: z.enum(['ACTIVE', 'INACTIVE']).default('ACTIVE'),
  /** Whether it comes up under another private address each time it is started. */
  movesAddress: z.boolean().default(false),
});

const instancePool = z.strictObject({
  ...common,
  size: z.int().min(0).max(100).default(2),
  shape: z.string().default('VM.Standard.E5.Flex'),
  ocpus: z.number().positive().default(1),
  memory: z.number().positive().default(8),
  image: z.string().default('Oracle-Linux-9.6-2026.10.20-0'),
  state: z.enum(['RUNNING', 'STOPPED']).default('RUNNING'),
  /** A backend set of a load balancer in the same compartment that its members are in. */
  attach: z
    .array(z.strictObject({ loadBalancer: name, backendSet: name, port: z.int().min(1).max(65_535) }))
    .default([]),
});

const loadBalancer = z.strictObject({
  ...common,
  shape: z.enum(['flexible', '10Mbps', '100Mbps', '400Mbps', '8000Mbps']).default('flexible'),
  /** Mbps of a flexible one. */
  minimum: z.int().min(10).max(8000).default(10),
  maximum: z.int().min(10).max(8000).default(100),
  private: z.boolean().default(false),
  /** `web-1:8080`: a resource of the same compartment by its name, or an address. */
  backendSets: z
    .record(
      z.string(),
      z.strictObject({
        policy: z.enum(['ROUND_ROBIN', 'LEAST_CONNECTIONS', 'IP_HASH']).default('ROUND_ROBIN'),
        backends: z.array(z.string().regex(/^.+:\d{1,5}$/, 'like web-1:8080')).default([]),
        checkPath: z.string().default('/healthz'),
        /** Of its health checker, in seconds; OCI's own if absent. */
        checkEvery: z.int().min(1).optional(),
        checkRetries: z.int().min(1).optional(),
      }),
    )
    .default({}),
  listeners: z
    .record(
      z.string(),
      z.strictObject({
        port: z.int().min(1).max(65_535),
        protocol: z.enum(['HTTP', 'HTTP2', 'TCP', 'GRPC']).default('HTTP'),
        backendSet: name,
        /** How long a connection may rest, in seconds; OCI's own if absent. */
        idle: z.int().min(1).optional(),
      }),
    )
    .default({}),
});

const autonomousDatabase = z.strictObject({
  ...common,
  dbName: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9]{0,29}$/, 'a letter, then letters and digits, 30 in all at the most')
    .optional(),
  workload: z.enum(['OLTP', 'DW', 'AJD', 'APEX']).default('OLTP'),
  version: z.string().default('19c'),
  ecpus: z.number().min(2).default(2),
  /** Instead of ECPUs. Fractions are of dedicated infrastructure. */
  ocpus: z.number().min(0.1).optional(),
  dedicated: z.boolean().default(false),
  refreshableClone: z.boolean().default(false),
  storage: z.int().min(1).default(1),
  autoScaling: z.boolean().default(true),
  freeTier: z.boolean().default(false),
  state: z.enum(['AVAILABLE', 'STOPPED']).default('AVAILABLE'),
});

const schedule = z.strictObject({
  name,
  region: z.string(),
  compartment: z.string(),
  action: z.enum(['START_RESOURCE', 'STOP_RESOURCE', 'BACKUP_RESOURCE']),
  cron: z.string(),
  /** Names of resources in that region. */
  resources: z.array(name).default([]),
  active: z.boolean().default(true),
});

const autoScaling = z.strictObject({
  name,
  region: z.string(),
  compartment: z.string(),
  /** The name of an instance pool in that region. */
  pool: name,
  enabled: z.boolean().default(true),
});

const shape = z
  .strictObject({
    tenancy: name,
    user: z.strictObject({ name, email: z.email() }),
    /** The first one is the home region. */
    regions: z
      .array(
        z.strictObject({
          name: z.string().regex(/^[a-z]+-[a-z]+-\d$/, 'like eu-frankfurt-1'),
          key: z.string().regex(/^[A-Z]{3}$/, 'three capitals'),
          domains: z.int().min(1).max(3),
        }),
      )
      .min(1),
    /** By path; a parent stands before its children. */
    compartments: z.record(
      z.string().regex(/^[^/]+(\/[^/]+)*$/, 'a path like shop/dev'),
      z.strictObject({ description: z.string(), tags: freeform, defined }),
    ),
    /** Tag namespaces and their keys. */
    tagNamespaces: z.record(z.string(), z.array(z.string())).default({}),
    instances: z.array(instance).default([]),
    instancePools: z.array(instancePool).default([]),
    loadBalancers: z.array(loadBalancer).default([]),
    networkLoadBalancers: z.array(networkLoadBalancer).default([]),
    containerInstances: z.array(containerInstance).default([]),
    autonomousDatabases: z.array(autonomousDatabase).default([]),
    ...dataLists,
    ...platformLists,
    /** Of Resource Scheduler. */
    schedules: z.array(schedule).default([]),
    autoScaling: z.array(autoScaling).default([]),
    repositories: z.array(repository).default([]),
    secrets: z.array(secretShape).default([]),
    /** Service limits and quotas. */
    limits: z.array(limitShape).default([]),
  })
  .superRefine((seed, context) => {
    const regions = new Set(seed.regions.map((region) => region.name));
    const paths = Object.keys(seed.compartments);
    const known = new Set(paths);
    for (const path of paths) {
      const parent = path.split('/').slice(0, -1).join('/');
      if (parent && !known.has(parent))
        context.addIssue({
          code: 'custom',
          path: ['compartments', path],
          message: `${parent} is not declared`,
        });
    }
    for (const list of [
      'instances',
      'instancePools',
      'loadBalancers',
      'networkLoadBalancers',
      'containerInstances',
      'autonomousDatabases',
      'dbSystems',
      'vmClusters',
      'mysqlSystems',
      'postgresSystems',
      ...platformListNames,
      'schedules',
      'autoScaling',
      'repositories',
      'secrets',
    ] as const)
      seed[list].forEach(({ region, compartment }, at) => {
        if (!regions.has(region))
          context.addIssue({ code: 'custom', path: [list, at, 'region'], message: `no region ${region}` });
        if (!known.has(compartment))
          context.addIssue({
            code: 'custom',
            path: [list, at, 'compartment'],
            message: `no compartment ${compartment}`,
          });
      });
  });

/** What the cloud looks like when the sandbox starts over; sandbox/seed.yml is the default one. */
export type Seed = z.infer<typeof shape>;

/** A seed that cannot be used. The message names the file and every violation, one a line. */
export class BadSeed extends Error {}

/** @throws BadSeed with all violations, each with its line, when the file is missing or wrong. */
export function readSeed(file: string): Seed {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new BadSeed(`The seed ${file} cannot be read.`);
  }
  return parseSeed(text, file);
}

/** As readSeed, for the text of a seed; `file` is only for the message. */
export function parseSeed(text: string, file = 'seed'): Seed {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, merge: true });
  const lineAt = (path: readonly PropertyKey[]) => {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true);
      if (hasRange(node)) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  const complain = (complaints: string[]) => new BadSeed(`${file} is not a seed:\n${complaints.join('\n')}`);

  if (document.errors.length > 0)
    throw complain(
      document.errors.map(
        ({ pos, message }) => `  line ${lines.linePos(pos[0]).line}: ${message.split('\n')[0]}`,
      ),
    );
  const parsed = shape.safeParse(withoutExtensions(document.toJS()));
  if (parsed.success) return parsed.data;
  throw complain(
    parsed.error.issues.map(
      ({ path, message }) => `  line ${lineAt(path)}: ${path.map(String).join('.')}: ${message}`,
    ),
  );
}

/** Top-level keys that begin with `x-` hold anchors and mean nothing else. */
function withoutExtensions(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !key.startsWith('x-')));
}

function hasRange(node: unknown): node is { range: [number, number, number] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);
}

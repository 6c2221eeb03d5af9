import { z } from 'zod';
import { common, freeform, name } from './common.ts';

const state = z.enum(['ACTIVE', 'INACTIVE']).default('ACTIVE');

const integration = z.strictObject({
  ...common,
  edition: z.enum(['STANDARDX', 'ENTERPRISEX']).default('STANDARDX'),
  shape: z.enum(['DEVELOPMENT', 'PRODUCTION']).default('PRODUCTION'),
  messagePacks: z.int().min(1).default(1),
  byol: z.boolean().default(false),
  state,
});

const analyticsInstance = z.strictObject({
  ...common,
  ocpus: z.int().min(1).optional(),
  /** Instead of OCPUs. */
  users: z.int().min(10).optional(),
  features: z.enum(['SELF_SERVICE_ANALYTICS', 'ENTERPRISE_ANALYTICS']).default('ENTERPRISE_ANALYTICS'),
  state,
});

const goldenGate = z.strictObject({
  ...common,
  technology: z
    .enum(['DATABASE_ORACLE', 'DATABASE_MYSQL', 'DATABASE_POSTGRESQL', 'BIGDATA'])
    .default('DATABASE_ORACLE'),
  ocpus: z.int().min(1).max(24).default(1),
  autoScaling: z.boolean().default(false),
  state,
});

const digitalAssistant = z.strictObject({
  ...common,
  shape: z.enum(['DEVELOPMENT', 'PRODUCTION']).default('DEVELOPMENT'),
  state,
});

const workspace = z.strictObject({
  ...common,
  description: z.string().default(''),
  privateNetwork: z.boolean().default(false),
  state: z.enum(['ACTIVE', 'STOPPED']).default('ACTIVE'),
});

const visualBuilder = z.strictObject({ ...common, nodes: z.int().min(1).default(1), state });

const nodePool = z.strictObject({
  name,
  size: z.int().min(0).max(1000),
  shape: z.string().default('VM.Standard.E5.Flex'),
  ocpus: z.number().positive().default(2),
  memory: z.number().positive().default(16),
  /** Between these the ClusterAutoscaler add-on of the cluster scales it. */
  autoscaled: z.strictObject({ min: z.int().min(0), max: z.int().min(1) }).optional(),
  tags: freeform,
});

const virtualNodePool = z.strictObject({
  name,
  size: z.int().min(1).default(1),
  podShape: z.string().default('Pod.Standard.E4.Flex'),
  tags: freeform,
});

const cluster = z.strictObject({
  ...common,
  version: z.string().default('v1.34.1'),
  enhanced: z.boolean().default(true),
  pools: z.array(nodePool).default([]),
  virtualPools: z.array(virtualNodePool).default([]),
});

/** The lists of a seed that are of platform services and OKE. */
export const platformLists = {
  clusters: z.array(cluster).default([]),
  integrations: z.array(integration).default([]),
  analyticsInstances: z.array(analyticsInstance).default([]),
  goldenGates: z.array(goldenGate).default([]),
  digitalAssistants: z.array(digitalAssistant).default([]),
  workspaces: z.array(workspace).default([]),
  visualBuilders: z.array(visualBuilder).default([]),
};

export const platformListNames = [
  'clusters',
  'integrations',
  'analyticsInstances',
  'goldenGates',
  'digitalAssistants',
  'workspaces',
  'visualBuilders',
] as const;

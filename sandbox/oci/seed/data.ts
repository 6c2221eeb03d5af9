import { z } from 'zod';
import { common } from './common.ts';

const dbSystem = z.strictObject({
  ...common,
  /** `VM.Standard2.4` has its cores fixed; `….Flex` and bare metal have not. */
  shape: z.string().default('VM.Standard.E5.Flex'),
  model: z.enum(['OCPU', 'ECPU']).default('OCPU'),
  /** Of all nodes together. */
  cores: z.int().min(1).default(2),
  /** Two of them are RAC. */
  nodes: z.int().min(1).max(2).default(1),
  edition: z.string().default('ENTERPRISE_EDITION'),
  version: z.string().default('19.29.0.0.0'),
  storage: z.int().min(256).default(256),
  state: z.enum(['AVAILABLE', 'STOPPED']).default('AVAILABLE'),
});

const vmCluster = z.strictObject({
  ...common,
  shape: z.string().default('Exadata.X9M'),
  model: z.enum(['OCPU', 'ECPU']).default('OCPU'),
  nodes: z.int().min(2).default(2),
  cores: z.int().min(0).default(8),
});

const mysqlSystem = z.strictObject({
  ...common,
  shape: z.string().default('MySQL.4'),
  version: z.string().default('9.4.1'),
  storage: z.int().min(50).default(100),
  highlyAvailable: z.boolean().default(false),
  heatWave: z
    .strictObject({ shape: z.string().default('HeatWave.512GB'), nodes: z.int().min(1).max(64).default(1) })
    .optional(),
  state: z.enum(['ACTIVE', 'INACTIVE']).default('ACTIVE'),
});

const postgresSystem = z.strictObject({
  ...common,
  shape: z.string().default('PostgreSQL.VM.Standard.E5.Flex'),
  ocpus: z.int().min(1).default(2),
  memory: z.int().min(16).default(32),
  instances: z.int().min(1).max(3).default(1),
  version: z.string().default('16.4'),
  state: z.enum(['ACTIVE', 'INACTIVE']).default('ACTIVE'),
});

/** The lists of a seed that hold databases beside the Autonomous ones. */
export const dataLists = {
  dbSystems: z.array(dbSystem).default([]),
  vmClusters: z.array(vmCluster).default([]),
  mysqlSystems: z.array(mysqlSystem).default([]),
  postgresSystems: z.array(postgresSystem).default([]),
};

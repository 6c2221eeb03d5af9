/** How long each change takes, in milliseconds of the sandbox clock. */
export interface Times {
  readonly instanceProvision: number;
  readonly instanceStart: number;
  readonly instanceStop: number;
  /** The guest system shuts down by itself, so it takes longer than cutting the power. */
  readonly instanceSoftStop: number;
  readonly instanceUpdate: number;
  readonly instanceTerminate: number;
  /** How long OCI lets an operating system take that does not shut down before it cuts the power. */
  readonly instancePatience: number;
  readonly containerCreate: number;
  readonly containerStart: number;
  readonly containerStop: number;
  readonly containerUpdate: number;
  readonly containerDelete: number;
  readonly databaseCreate: number;
  readonly databaseStart: number;
  readonly databaseStop: number;
  readonly databaseUpdate: number;
  readonly databaseDelete: number;
  readonly dbNodeStart: number;
  readonly dbNodeStop: number;
  readonly dbSystemUpdate: number;
  readonly vmClusterUpdate: number;
  readonly mysqlStart: number;
  readonly mysqlStop: number;
  readonly heatWaveStart: number;
  readonly postgresStart: number;
  readonly postgresStop: number;
  readonly loadBalancerCreate: number;
  readonly loadBalancerUpdate: number;
  readonly loadBalancerDelete: number;
  readonly platformStart: number;
  readonly platformStop: number;
  readonly platformUpdate: number;
  readonly nodePoolUpdate: number;
  /** How long a work request waits until somebody takes it up. */
  readonly workRequestAccept: number;
  /** How much later Resource Search knows what happened. */
  readonly searchLag: number;
}

/** Not as slow as the real cloud, where an Autonomous Database takes minutes, but in its proportions. */
export const realTimes: Times = {
  instanceProvision: 25_000,
  instanceStart: 15_000,
  instanceStop: 10_000,
  instanceSoftStop: 20_000,
  instanceUpdate: 10_000,
  instanceTerminate: 20_000,
  instancePatience: 900_000,
  containerCreate: 20_000,
  containerStart: 12_000,
  containerStop: 10_000,
  containerUpdate: 4_000,
  containerDelete: 10_000,
  databaseCreate: 60_000,
  databaseStart: 30_000,
  databaseStop: 25_000,
  databaseUpdate: 30_000,
  databaseDelete: 30_000,
  dbNodeStart: 50_000,
  dbNodeStop: 40_000,
  dbSystemUpdate: 60_000,
  vmClusterUpdate: 60_000,
  mysqlStart: 35_000,
  mysqlStop: 25_000,
  heatWaveStart: 30_000,
  postgresStart: 45_000,
  postgresStop: 30_000,
  loadBalancerCreate: 30_000,
  loadBalancerUpdate: 8_000,
  loadBalancerDelete: 15_000,
  platformStart: 40_000,
  platformStop: 30_000,
  platformUpdate: 20_000,
  nodePoolUpdate: 45_000,
  workRequestAccept: 1_000,
  searchLag: 5_000,
};

/** A tenth of that, for a person who watches, or for a test that does not move the clock. */
export const fastTimes: Times = {
  instanceProvision: 2_500,
  instanceStart: 1_500,
  instanceStop: 1_000,
  instanceSoftStop: 2_000,
  instanceUpdate: 1_000,
  instanceTerminate: 2_000,
  instancePatience: 90_000,
  containerCreate: 2_000,
  containerStart: 1_200,
  containerStop: 1_000,
  containerUpdate: 400,
  containerDelete: 1_000,
  databaseCreate: 6_000,
  databaseStart: 3_000,
  databaseStop: 2_500,
  databaseUpdate: 3_000,
  databaseDelete: 3_000,
  dbNodeStart: 5_000,
  dbNodeStop: 4_000,
  dbSystemUpdate: 6_000,
  vmClusterUpdate: 6_000,
  mysqlStart: 3_500,
  mysqlStop: 2_500,
  heatWaveStart: 3_000,
  postgresStart: 4_500,
  postgresStop: 3_000,
  loadBalancerCreate: 3_000,
  loadBalancerUpdate: 800,
  loadBalancerDelete: 1_500,
  platformStart: 4_000,
  platformStop: 3_000,
  platformUpdate: 2_000,
  nodePoolUpdate: 4_500,
  workRequestAccept: 100,
  searchLag: 500,
};

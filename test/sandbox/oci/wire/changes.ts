import type { Details, Walk } from './walk.ts';

export type Change = readonly [operation: string, details?: Details];

const b = { backendSetName: 'b' };
const backend = { ...b, backendName: '10.0.0.9:80' };
const l = { listenerName: 'l' };
const checker = { protocol: 'HTTP', urlPath: '/' };
const whole = {
  protocol: 'TCP',
  port: 0,
  returnCode: 200,
  retries: 3,
  timeoutInMillis: 1000,
  intervalInMillis: 5000,
  responseBodyRegex: '',
};
const day = 24 * 60 * 60_000;
const at = (ms: number) => new Date(ms).toISOString();

const container = {
  displayName: 'api',
  imageUrl: 'fra.ocir.io/lamplight/shop-api:1.0.0',
  healthChecks: [
    { healthCheckType: 'HTTP', path: '/healthz', port: 8080, headers: [{ name: 'a', value: 'b' }] },
    { healthCheckType: 'TCP', port: 8080 },
  ],
  volumeMounts: [{ mountPath: '/etc/app', volumeName: 'config' }],
  resourceConfig: { vcpusLimit: 1, memoryLimitInGBs: 1 },
  securityContext: {
    securityContextType: 'LINUX',
    runAsUser: 1,
    capabilities: { addCapabilities: ['CAP_CHOWN'] },
  },
};

const balancers = (
  service: 'LoadBalancer' | 'NetworkLoadBalancer',
  policy: string,
  more: object,
): Change[] => [
  [`${service}.CreateBackendSet`, { body: { name: 'b', policy, healthChecker: checker, ...more } }],
  [
    `${service}.UpdateBackendSet`,
    { params: b, body: { policy, healthChecker: checker, backends: [{ ipAddress: '10.0.0.8', port: 80 }] } },
  ],
  [`${service}.UpdateHealthChecker`, { params: b, body: whole }],
  [`${service}.CreateBackend`, { params: b, body: { ipAddress: '10.0.0.9', port: 80 } }],
  [
    `${service}.CreateListener`,
    { body: { name: 'l', port: 81, protocol: 'TCP', defaultBackendSetName: 'b' } },
  ],
  [
    `${service}.UpdateListener`,
    { params: l, body: { port: 82, protocol: 'TCP', defaultBackendSetName: 'b' } },
  ],
];

const takenApart = (service: 'LoadBalancer' | 'NetworkLoadBalancer'): Change[] => [
  [`${service}.DeleteListener`, { params: l }],
  [`${service}.DeleteBackend`, { params: backend }],
  [`${service}.DeleteBackendSet`, { params: b }],
];

const onAndOff = (family: string, noun: string, body?: object): Change[] => [
  [`${family}.Stop${noun}`, { body }],
  [`${family}.Start${noun}`, { body }],
];

/** Every operation that changes something or looks something up by a body, in an order in which all of them can be. */
export function changes({ ids }: Walk, now: number): Change[] {
  const { compartmentId, availabilityDomain, subnetId, tenancyId } = ids;
  const place = { compartmentId, availabilityDomain };
  return [
    [
      'Monitoring.PostMetricData',
      {
        body: {
          metricData: [
            {
              namespace: 'shop',
              compartmentId,
              name: 'orders',
              dimensions: { app: 'shop' },
              datapoints: [{ timestamp: at(now), value: 1 }],
            },
          ],
        },
      },
    ],
    ['Monitoring.ListMetrics', { body: {} }],
    [
      'Monitoring.SummarizeMetricsData',
      {
        body: {
          namespace: 'shop',
          query: 'orders[1m].mean()',
          startTime: at(now - day),
          endTime: at(now + day),
        },
      },
    ],
    ['Compute.InstanceAction', { query: { action: 'STOP' } }],
    ['Compute.InstanceAction', { query: { action: 'START' } }],
    [
      'Compute.LaunchInstance',
      {
        body: {
          ...place,
          shape: 'VM.Standard.E5.Flex',
          shapeConfig: { ocpus: 1, memoryInGBs: 8 },
          sourceDetails: { sourceType: 'image', imageId: ids.imageId, bootVolumeSizeInGBs: 60 },
          createVnicDetails: { subnetId, nsgIds: ['ocid1.networksecuritygroup.oc1..a'] },
          agentConfig: { pluginsConfig: [{ name: 'Bastion', desiredState: 'ENABLED' }] },
        },
      },
    ],
    ['Compute.UpdateInstance', { body: { displayName: 'web-one', shapeConfig: { ocpus: 2 } } }],
    ['Compute.TerminateInstance', { params: { instanceId: ids.spareInstance ?? '' } }],
    ...onAndOff('ComputeManagement', 'InstancePool'),
    ['ComputeManagement.SoftstopInstancePool'],
    ['ComputeManagement.StartInstancePool'],
    ['ComputeManagement.ResetInstancePool'],
    ['ComputeManagement.SoftresetInstancePool'],
    ['ComputeManagement.UpdateInstancePool', { body: { size: 3 } }],
    [
      'ContainerInstance.CreateContainerInstance',
      {
        body: {
          ...place,
          displayName: 'canary',
          shape: 'CI.Standard.E4.Flex',
          shapeConfig: { ocpus: 1, memoryInGBs: 4 },
          containers: [container],
          vnics: [{ subnetId, isPublicIpAssigned: true }],
          volumes: [
            { volumeType: 'CONFIGFILE', name: 'config', configs: [{ fileName: 'a', data: 'YQ==' }] },
            { volumeType: 'EMPTYDIR', name: 'scratch' },
          ],
          dnsConfig: { nameservers: ['8.8.8.8'] },
          imagePullSecrets: [
            { secretType: 'VAULT', registryEndpoint: 'fra.ocir.io', secretId: ids.secretId },
            { secretType: 'BASIC', registryEndpoint: 'ghcr.io', username: 'YQ==', password: 'YQ==' },
          ],
          securityContext: { securityContextType: 'LINUX', fsGroup: 1 },
        },
      },
    ],
    ['ContainerInstance.UpdateContainerInstance', { body: { displayName: 'other' } }],
    ['ContainerInstance.UpdateContainer', { body: { displayName: 'other' } }],
    ['ContainerInstance.RestartContainerInstance'],
    ['ContainerInstance.RetrieveLogs'],
    ...onAndOff('ContainerInstance', 'ContainerInstance'),
    [
      'ContainerInstance.DeleteContainerInstance',
      { params: { containerInstanceId: ids.spareContainers ?? '' } },
    ],
    [
      'Database.CreateAutonomousDatabase',
      {
        body: {
          source: 'NONE',
          compartmentId,
          dbName: 'NEW',
          computeModel: 'ECPU',
          computeCount: 2,
          dataStorageSizeInTBs: 1,
          adminPassword: 'Not-Used-1234',
        },
      },
    ],
    ['Database.UpdateAutonomousDatabase', { body: { computeCount: 4 } }],
    ...onAndOff('Database', 'AutonomousDatabase'),
    ['Database.RestartAutonomousDatabase'],
    ['Database.DeleteAutonomousDatabase', { params: { autonomousDatabaseId: ids.spareDatabase ?? '' } }],
    ['Database.UpdateDbSystem', { body: { cpuCoreCount: 4 } }],
    ['Database.DbNodeAction', { query: { action: 'STOP' } }],
    ['Database.UpdateCloudVmCluster', { body: { cpuCoreCount: 4 } }],
    ...onAndOff('DbSystem', 'HeatWaveCluster'),
    ['DbSystem.StopDbSystem', { body: { shutdownType: 'FAST' } }],
    ['DbSystem.StartDbSystem'],
    ['DbSystem.RestartDbSystem', { body: { shutdownType: 'FAST' } }],
    ...onAndOff('Postgresql', 'DbSystem'),
    [
      'Postgresql.RestartDbInstanceInDbSystem',
      { body: { dbInstanceId: ids.dbInstanceId, restartType: 'NORMAL' } },
    ],
    [
      'LoadBalancer.CreateLoadBalancer',
      {
        body: {
          compartmentId,
          displayName: 'new',
          shapeName: 'flexible',
          shapeDetails: { minimumBandwidthInMbps: 10, maximumBandwidthInMbps: 20 },
          subnetIds: [subnetId],
          isRequestIdEnabled: true,
        },
      },
    ],
    ['LoadBalancer.UpdateLoadBalancer', { body: { displayName: 'edge-two' } }],
    ['LoadBalancer.UpdateLoadBalancerShape', { body: { shapeName: '100Mbps' } }],
    ...balancers('LoadBalancer', 'ROUND_ROBIN', { lbCookieSessionPersistenceConfiguration: {} }),
    [
      'LoadBalancer.UpdateBackend',
      {
        params: backend,
        body: { weight: 2, backup: false, drain: true, offline: false, maxConnections: 300 },
      },
    ],
    ['LoadBalancer.DeleteLoadBalancer', { params: { loadBalancerId: ids.spareBalancer ?? '' } }],
    [
      'NetworkLoadBalancer.CreateNetworkLoadBalancer',
      { body: { compartmentId, displayName: 'new', subnetId } },
    ],
    ['NetworkLoadBalancer.UpdateNetworkLoadBalancer', { body: { displayName: 'inner-two' } }],
    ...balancers('NetworkLoadBalancer', 'TWO_TUPLE', {}),
    ['NetworkLoadBalancer.UpdateBackend', { params: backend, body: { weight: 2 } }],
    [
      'NetworkLoadBalancer.DeleteNetworkLoadBalancer',
      { params: { networkLoadBalancerId: ids.spareNetworkBalancer ?? '' } },
    ],
    ['ContainerEngine.UpdateNodePool', { body: { nodeConfigDetails: { size: 3 } } }],
    ...onAndOff('IntegrationInstance', 'IntegrationInstance'),
    ...onAndOff('Analytics', 'AnalyticsInstance'),
    ...onAndOff('GoldenGate', 'Deployment', { type: 'DEFAULT' }),
    ...onAndOff('Oda', 'OdaInstance'),
    ...onAndOff('DataIntegration', 'Workspace'),
    ...onAndOff('VbInstance', 'VbInstance'),
    [
      'Analytics.ScaleAnalyticsInstance',
      { body: { capacity: { capacityType: 'OLPU_COUNT', capacityValue: 6 } } },
    ],
    ['GoldenGate.UpdateDeployment', { body: { cpuCoreCount: 2 } }],
    [
      'Schedule.CreateSchedule',
      {
        body: {
          compartmentId,
          action: 'STOP_RESOURCE',
          recurrenceType: 'CRON',
          recurrenceDetails: '0 1 * * *',
          timeStarts: at(now),
          resourceFilters: [
            {
              attribute: 'DEFINED_TAGS',
              value: [{ namespace: 'Operations', tagKey: 'CostCenter', value: '1' }],
            },
          ],
        },
      },
    ],
    ['Schedule.UpdateSchedule', { body: { displayName: 'other' } }],
    ['Schedule.DeactivateSchedule'],
    ['Schedule.ActivateSchedule'],
    [
      'Usageapi.RequestSummarizedUsages',
      {
        body: {
          tenantId: tenancyId,
          timeUsageStarted: at(Math.floor(now / day - 2) * day),
          timeUsageEnded: at(Math.floor(now / day - 1) * day),
          granularity: 'DAILY',
          groupBy: ['resourceId'],
        },
      },
    ],
    ['Artifacts.LookupContainerImageByUri', { body: { imageUri: 'lamplight/shop-api:1.0.0' } }],
    ['Secrets.GetSecretBundleByName', { query: { secretName: 'password', vaultId: ids.vaultId ?? '' } }],
    ['ResourceSearch.SearchResources', { body: { type: 'Structured', query: 'query all resources' } }],
    ['ResourceSearch.SearchResources', { body: { type: 'FreeText', text: 'web' } }],
  ];
}

/** What leaves less behind than there was. */
export function removals({ ids }: Walk): Change[] {
  const { compartmentId, instancePoolId: id } = ids;
  const rule = {
    action: { type: 'CHANGE_COUNT_BY', value: 1 },
    metric: {
      metricSource: 'COMPUTE_AGENT',
      metricType: 'CPU_UTILIZATION',
      threshold: { operator: 'GT', value: 80 },
    },
  };
  const policies = [{ policyType: 'threshold', capacity: { min: 1, max: 3, initial: 2 }, rules: [rule] }];
  return [
    ...takenApart('LoadBalancer'),
    ...takenApart('NetworkLoadBalancer'),
    ['AutoScaling.UpdateAutoScalingConfiguration', { body: { displayName: 'other' } }],
    ['AutoScaling.DeleteAutoScalingConfiguration'],
    [
      'AutoScaling.CreateAutoScalingConfiguration',
      { body: { compartmentId, resource: { type: 'instancePool', id }, policies } },
    ],
    ['ComputeManagement.TerminateInstancePool'],
    ['Schedule.DeleteSchedule'],
  ];
}

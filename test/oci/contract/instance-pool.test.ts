import { models } from 'oci-core';
import { adapterContract } from './contract.ts';

adapterContract({
  kind: 'instance-pool',
  seed: `
instancePools:
  - { name: batch, region: eu-frankfurt-1, compartment: shop/dev, size: 2, ocpus: 2, memory: 16, tags: { app: batch } }
  - { name: 'other-{n}', count: 3, region: eu-frankfurt-1, compartment: shop/dev, size: 1 }
`,
  up: 'batch',
  states: Object.values(models.InstancePool.LifecycleState),
  calls: {
    start: 'ComputeManagement.StartInstancePool',
    stop: 'ComputeManagement.SoftstopInstancePool',
    restart: 'ComputeManagement.SoftresetInstancePool',
    scale: 'ComputeManagement.UpdateInstancePool',
  },
  reads: 'ComputeManagement.GetInstancePool',
  size: { is: '2', to: '4' },
  meter: { ocpu: 4, memoryGb: 32 },
});

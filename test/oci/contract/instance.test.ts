import { models } from 'oci-core';
import { adapterContract } from './contract.ts';

adapterContract({
  kind: 'instance',
  seed: `
instances:
  - { name: web-1, region: eu-frankfurt-1, compartment: shop/dev, ocpus: 2, memory: 16, tags: { app: shop } }
  - { name: 'other-{n}', count: 3, region: eu-frankfurt-1, compartment: shop/dev }
`,
  up: 'web-1',
  states: Object.values(models.Instance.LifecycleState),
  calls: {
    start: 'Compute.InstanceAction',
    stop: 'Compute.InstanceAction',
    restart: 'Compute.InstanceAction',
    scale: 'Compute.UpdateInstance',
  },
  reads: 'Compute.GetInstance',
  size: { is: '2:16', to: '4:32' },
  meter: { ocpu: 2, memoryGb: 16 },
});

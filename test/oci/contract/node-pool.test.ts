import { models } from 'oci-containerengine';
import { adapterContract } from './contract.ts';

adapterContract({
  kind: 'node-pool',
  seed: `
clusters:
  - name: shop-oke
    region: eu-frankfurt-1
    compartment: shop/dev
    pools:
      - { name: workers, size: 3, ocpus: 2, memory: 16, tags: { app: shop } }
      - { name: batch, size: 2, autoscaled: { min: 0, max: 5 } }
      - { name: gpu, size: 0 }
    virtualPools: [{ name: bursts, size: 1 }]
`,
  up: 'workers',
  states: Object.values(models.NodePoolLifecycleState).filter((state) => typeof state === 'string'),
  calls: {
    start: 'ContainerEngine.UpdateNodePool',
    stop: 'ContainerEngine.UpdateNodePool',
    scale: 'ContainerEngine.UpdateNodePool',
  },
  reads: 'ContainerEngine.GetNodePool',
  size: { is: '3', to: '5' },
  meter: { ocpu: 6, memoryGb: 48 },
});

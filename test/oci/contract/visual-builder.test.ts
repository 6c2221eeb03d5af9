import { models } from 'oci-visualbuilder';
import { adapterContract } from './contract.ts';

adapterContract({
  kind: 'visual-builder',
  seed: `
visualBuilders:
  - { name: the-one, region: eu-frankfurt-1, compartment: shop/dev, nodes: 2, tags: { app: shop } }
  - { name: 'other-{n}', count: 3, region: eu-frankfurt-1, compartment: shop/dev }
`,
  up: 'the-one',
  states: Object.values(models.VbInstance.LifecycleState),
  calls: {
    start: 'VbInstance.StartVbInstance',
    stop: 'VbInstance.StopVbInstance',
  },
  reads: 'VbInstance.GetVbInstance',
  meter: { nodes: 2 },
});

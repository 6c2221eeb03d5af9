import { models } from 'oci-dataintegration';
import { adapterContract } from './contract.ts';

adapterContract({
  kind: 'data-integration',
  seed: `
workspaces:
  - { name: the-one, region: eu-frankfurt-1, compartment: shop/dev, tags: { app: shop } }
  - { name: 'other-{n}', count: 3, region: eu-frankfurt-1, compartment: shop/dev }
`,
  up: 'the-one',
  states: Object.values(models.Workspace.LifecycleState),
  calls: {
    start: 'DataIntegration.StartWorkspace',
    stop: 'DataIntegration.StopWorkspace',
  },
  reads: 'DataIntegration.GetWorkspace',
  meter: { workspaces: 1 },
});

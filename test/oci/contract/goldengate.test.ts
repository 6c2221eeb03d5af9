import { models } from 'oci-goldengate';
import { adapterContract } from './contract.ts';

adapterContract({
  kind: 'goldengate',
  seed: `
goldenGates:
  - { name: the-one, region: eu-frankfurt-1, compartment: shop/dev, ocpus: 2, tags: { app: shop } }
  - { name: 'other-{n}', count: 3, region: eu-frankfurt-1, compartment: shop/dev }
`,
  up: 'the-one',
  states: Object.values(models.Deployment.LifecycleState),
  calls: {
    start: 'GoldenGate.StartDeployment',
    stop: 'GoldenGate.StopDeployment',
    scale: 'GoldenGate.UpdateDeployment',
  },
  reads: 'GoldenGate.GetDeployment',
  size: { is: '2', to: '4' },
  meter: { ocpu: 2 },
});

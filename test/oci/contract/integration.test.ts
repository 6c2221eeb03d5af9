import { models } from 'oci-integration';
import { adapterContract } from './contract.ts';

adapterContract({
  kind: 'integration',
  seed: `
integrations:
  - { name: the-one, region: eu-frankfurt-1, compartment: shop/dev, messagePacks: 3, tags: { app: shop } }
  - { name: 'other-{n}', count: 3, region: eu-frankfurt-1, compartment: shop/dev }
`,
  up: 'the-one',
  states: Object.values(models.IntegrationInstance.LifecycleState),
  calls: {
    start: 'IntegrationInstance.StartIntegrationInstance',
    stop: 'IntegrationInstance.StopIntegrationInstance',
  },
  reads: 'IntegrationInstance.GetIntegrationInstance',
  meter: { messagePacks: 3 },
});

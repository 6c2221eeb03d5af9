import { models } from 'oci-oda';
import { adapterContract } from './contract.ts';

adapterContract({
  kind: 'digital-assistant',
  seed: `
digitalAssistants:
  - { name: the-one, region: eu-frankfurt-1, compartment: shop/dev, shape: PRODUCTION, tags: { app: shop } }
  - { name: 'other-{n}', count: 3, region: eu-frankfurt-1, compartment: shop/dev }
`,
  up: 'the-one',
  states: Object.values(models.OdaInstance.LifecycleState),
  calls: {
    start: 'Oda.StartOdaInstance',
    stop: 'Oda.StopOdaInstance',
  },
  reads: 'Oda.GetOdaInstance',
  meter: { 'digital-assistant-production': 1 },
});

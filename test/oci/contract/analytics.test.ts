import { models } from 'oci-analytics';
import { adapterContract } from './contract.ts';

adapterContract({
  kind: 'analytics',
  seed: `
analyticsInstances:
  - { name: the-one, region: eu-frankfurt-1, compartment: shop/dev, ocpus: 2, tags: { app: shop } }
  - { name: 'other-{n}', count: 3, region: eu-frankfurt-1, compartment: shop/dev }
`,
  up: 'the-one',
  states: Object.values(models.AnalyticsInstanceLifecycleState).filter((state) => typeof state === 'string'),
  calls: {
    start: 'Analytics.StartAnalyticsInstance',
    stop: 'Analytics.StopAnalyticsInstance',
    scale: 'Analytics.ScaleAnalyticsInstance',
  },
  reads: 'Analytics.GetAnalyticsInstance',
  size: { is: '2', to: '4' },
  meter: { olpu: 2 },
});

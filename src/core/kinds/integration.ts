import type { KindFacts } from './facts.ts';
import { platformLifecycle } from './platform.ts';

export const integration = {
  plural: 'integrations',
  title: 'Integration instance',
  aliases: ['oic', 'integration-instance', 'integration-instances'],
  lifecycle: platformLifecycle,
  acts: {
    start:
      'Starting an Integration instance starts the billing of its message packs again and takes some minutes.',
    stop: 'Stopping an Integration instance stops every integration in it, and what others send to it meanwhile is refused.',
  },
} as const satisfies KindFacts;

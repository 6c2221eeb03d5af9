import type { KindFacts } from './facts.ts';
import { platformLifecycle } from './platform.ts';

export const digitalAssistant = {
  plural: 'digital-assistants',
  title: 'Digital Assistant',
  aliases: ['oda', 'assistant', 'assistants'],
  lifecycle: platformLifecycle,
  acts: {
    start: 'Starting a Digital Assistant starts its billing again and takes some minutes.',
    stop: 'Stopping a Digital Assistant ends every conversation with its skills, and nobody is answered until it is back.',
  },
} as const satisfies KindFacts;

import type { KindFacts } from './facts.ts';
import { platformLifecycle } from './platform.ts';

export const visualBuilder = {
  plural: 'visual-builders',
  title: 'Visual Builder instance',
  aliases: ['vb', 'visual-builder-instance', 'visual-builder-instances'],
  lifecycle: platformLifecycle,
  acts: {
    start: 'Starting a Visual Builder instance starts the billing of its nodes again and takes some minutes.',
    stop: 'Stopping a Visual Builder instance takes every application down that was built in it, and signs its developers out.',
  },
} as const satisfies KindFacts;

import type { StepState, Tone } from '../../core/report.ts';

/** Status is a sign and a word, never a sign or a colour alone. */
export const toneSign: Readonly<Record<Tone, string>> = {
  plain: '',
  waiting: '✋',
  running: '⏳',
  success: '✅',
  warning: '⚠️',
  failure: '❌',
};

export const stepWord: Readonly<Record<StepState, string>> = {
  pending: '⚪ Waiting',
  running: '⏳ Running',
  done: '✅ Done',
  failed: '❌ Failed',
  skipped: '⏭️ Skipped',
  unknown: '❔ Unknown',
};

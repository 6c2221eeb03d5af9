export type Tone = 'good' | 'changing' | 'off' | 'bad';

const tones: Readonly<Record<string, Tone>> = {
  RUNNING: 'good',
  ACTIVE: 'good',
  AVAILABLE: 'good',
  STOPPED: 'off',
  INACTIVE: 'off',
  TERMINATED: 'off',
  DELETED: 'off',
  FAILED: 'bad',
  UNAVAILABLE: 'bad',
};

/** A lifecycle state's colour. States that are on their way to another end in -ING. */
export function toneOf(state: string): Tone {
  return tones[state] ?? (state.endsWith('ING') || state.endsWith('IN_PROGRESS') ? 'changing' : 'off');
}

/** `STOPPING` as `stopping`, `BACKUP_IN_PROGRESS` as `backup in progress`. */
export const words = (state: string): string => state.toLowerCase().replaceAll('_', ' ');

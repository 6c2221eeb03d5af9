import type { Found } from './cloud.ts';
import type { Block } from './report.ts';
import { stopped } from './text.ts';

/** A line for each region that could not be asked, so that nobody takes what is shown for all there is. */
export function gapsIn(
  missing: Found['missing'],
  verb: 'Not counted' | 'Not seen' | 'Not shown',
): readonly Block[] {
  return missing.map(({ region, because }) => ({
    type: 'text',
    text: `${verb}: ${region}, ${stopped(because)}`,
  }));
}

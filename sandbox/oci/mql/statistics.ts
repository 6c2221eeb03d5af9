import type { Minute } from './minute.ts';
import type { Stage } from './syntax.ts';

/**
 * Undefined where there is no data, or not enough for a change.
 *
 * @param before the window before this one, for changes
 */
export function statisticOf(
  window: Minute,
  { statistic, argument = 0 }: Stage,
  before: () => Minute | undefined,
  interval: number,
): number | undefined {
  if (window.count === 0) return undefined;
  switch (statistic) {
    case 'sum':
      return window.sum;
    case 'count':
      return window.count;
    case 'min':
      return window.least;
    case 'max':
      return window.most;
    case 'first':
      return window.first?.value;
    case 'last':
      return window.last?.value;
    case 'percentile':
      return window.percentile(argument);
    case 'increment':
      return increment(window, before());
    case 'rate': {
      const change = increment(window, before());
      return change === undefined ? undefined : change / (interval / 1000);
    }
    case 'absent':
      return 0;
    default:
      return window.sum / window.count;
  }
}

/** From the last value of the window before, or the first of this one, to its last. */
function increment(window: Minute, before: Minute | undefined): number | undefined {
  const base = before?.last ?? (window.count > 1 ? window.first : undefined);
  return base && window.last ? window.last.value - base.value : undefined;
}

import type { Target } from '../target.ts';
import { listed } from '../text.ts';
import type { App } from './app.ts';

/** What instances that do not serve mean for a deploy of their app. */
export type Stopped =
  | { readonly sentence: string; readonly hint: string }
  /** It may go on; a sentence each. */
  | { readonly doubts: readonly string[] };

/**
 * Instances of an app are looked for in every state that they may come back from. Where some serve and others are
 * stopped nobody can tell which of them are wanted; where all are stopped, that is how the app is now. States that the
 * app's finder names are meant to be replaced.
 */
export function stoppedOf({ name, find, strategy }: App, targets: readonly Target[]): Stopped {
  const unsettled = targets.filter(
    ({ state }) => !['ACTIVE', 'INACTIVE'].includes(state) && !find.states.includes(state),
  );
  const [moving] = unsettled;
  if (moving)
    return {
      sentence: `${unsettled.map((each) => `${each.name} is ${each.state}`).join(', ')}: what is to be replaced of ${name} is being changed.`,
      hint: `Wait until it has settled; see how it stands with: inspect ${moving.name}`,
    };
  const off = targets.filter(({ state }) => state === 'INACTIVE').map((each) => each.name);
  if (off.length === 0) return { doubts: [] };
  const are = off.length === 1 ? 'is' : 'are';
  const isAll = off.length === targets.length;
  if (!isAll && !find.states.includes('INACTIVE'))
    return {
      sentence: `${listed(off)} of ${name} ${are} stopped, and the others serve: a deploy would take the traffic of what runs and leave what does not.`,
      hint: `Start ${off.length === 1 ? 'it' : 'them'} first: start ${off.join(' ')} – or, where a schedule stops ${off.length === 1 ? 'it' : 'them'}: keep ${off.join(' ')} on until 22:00`,
    };
  return {
    doubts: [
      `${listed(off)} ${are} stopped: deleted in the end without taking traffic again, and left stopped if this is undone.`,
      ...(isAll && strategy.type === 'canary'
        ? ['Nothing old serves: the new instances take all of the traffic from the first step on.']
        : []),
    ],
  };
}

import { parseDuration, writeDuration } from '../duration.ts';
import { nearest } from '../suggest.ts';
import type { App, CanaryStep, Strategy } from './app.ts';

/** Strategies as they stand in lamplighter.yml and are typed: `rolling 2`, `blue-green`, `canary 5 % 10m, 100 %`. */

type Problem = { readonly problem: string };

const forms = 'rolling, rolling 2, blue-green, or canary 5 % 10m, 25 % 10m, 100 %';

/** More steps, or a step that is held for longer, is a slip of the pen. */
const most = { steps: 20, hold: 7 * 86_400_000 };

/** Commas and the blanks around `%` may be left out. The problem is a sentence without a full stop. */
export function readStrategy(text: string): Strategy | Problem {
  const [type = '', ...words] = text
    .toLowerCase()
    .replaceAll(',', ' ')
    .replace(/\s*%\s*/g, '% ')
    .replace(/^\s*blue\s*-?\s*green\b/, 'blue-green')
    .split(/\s+/)
    .filter(Boolean);
  if (type === 'rolling') return rolling(words);
  if (type === 'blue-green')
    return words.length === 0
      ? { type }
      : { problem: `blue-green takes nothing after it, but has "${words[0]}"` };
  if (type === 'canary') return canary(words);
  const near = strategyLike(type);
  const help = near ? `did you mean ${near}?` : `write ${forms}`;
  return { problem: `"${text.trim()}" is not a strategy; ${help}` };
}

/** The strategy that somebody may have meant by the word; undefined where it is like none. */
export function strategyLike(word: string): string | undefined {
  return nearest(word, ['rolling', 'blue-green', 'canary'], 1)[0];
}

/** As `readStrategy` reads it. */
export function showStrategy(strategy: Strategy): string {
  if (strategy.type === 'blue-green') return strategy.type;
  if (strategy.type === 'rolling') return strategy.batch === 1 ? 'rolling' : `rolling ${strategy.batch}`;
  const steps = strategy.steps.map(({ share, hold }) =>
    hold === 0 ? `${share} %` : `${share} % ${writeDuration(hold)}`,
  );
  return `canary ${steps.join(', ')}`;
}

/** Why the app cannot be deployed so, a sentence without a full stop. */
export function unfit(
  strategy: Strategy,
  { replicas, places }: Pick<App, 'replicas'> & { readonly places: readonly unknown[] },
): string | undefined {
  if (strategy.type === 'rolling' && strategy.batch > replicas)
    return `${showStrategy(strategy)} replaces more at a time than there are: ${replicas === 1 ? '1 replica' : `${replicas} replicas`}`;
  if (strategy.type === 'canary' && places.length === 0)
    return 'a canary gets a share of the traffic of a load balancer, and there is none; use rolling or blue-green';
  return undefined;
}

function rolling([batch, ...more]: readonly string[]): Strategy | Problem {
  if (batch === undefined) return { type: 'rolling', batch: 1 };
  if (/^[1-9]\d{0,3}$/.test(batch) && more.length === 0) return { type: 'rolling', batch: Number(batch) };
  const odd = more[0] ?? batch;
  return { problem: `rolling takes how many are replaced at a time, as in rolling 2, but has "${odd}"` };
}

function canary(words: readonly string[]): Strategy | Problem {
  const steps: CanaryStep[] = [];
  for (const [at, word] of words.entries()) {
    const [, share] = /^(\d{1,3}(?:\.\d{1,2})?)%$/.exec(word) ?? [];
    const hold = parseDuration(word);
    const last = steps.at(-1);
    if (share !== undefined) steps.push({ share: Number(share), hold: 0 });
    else if (hold !== undefined && last && words[at - 1]?.endsWith('%'))
      steps[steps.length - 1] = { ...last, hold };
    else return { problem: `"${word}" is neither a share such as 5 % nor, after one, a time such as 10m` };
  }
  const problem = unrisen(steps);
  return problem === undefined ? { type: 'canary', steps } : { problem };
}

function unrisen(steps: readonly CanaryStep[]): string | undefined {
  if (steps.length === 0) return 'canary needs its steps, as in canary 5 % 10m, 25 % 10m, 100 %';
  if (steps.length > most.steps) return `canary has ${steps.length} steps; ${most.steps} are enough`;
  const back = steps.findIndex(({ share }, at) => share <= (steps[at - 1]?.share ?? 0));
  if (back === 0) return 'canary begins with 0 %, and a share has to be above that';
  if (back > 0)
    return `canary has ${steps[back]?.share} % after ${steps[back - 1]?.share} %, and shares have to rise`;
  const end = steps.at(-1)?.share ?? 0;
  if (end !== 100) return `canary ends with ${end} %, and the last share has to be 100 %`;
  const long = steps.find(({ hold }) => hold > most.hold);
  return long && `canary holds ${long.share} % for ${writeDuration(long.hold)}, and 7d is the longest`;
}

import type { Plan } from './plan.ts';
import type { Block } from './report.ts';

/** So many lines of a card leave its buttons on the screen of a phone. */
const most = 8;
/** Of a list that is longer the first and the last. */
const [head, tail] = [4, 3];

/** What is done together: `Make 2 instances`, `add them`, `wait until they are healthy`. */
interface Fold {
  readonly parts: readonly string[];
  /** Which of several it is: `1 of 3`, `25 %`. */
  readonly of: string;
  /** From here on it is not taken back. */
  readonly isLast: boolean;
}

/** Only look at things; who approves need not read of them. */
const looking = new Set(['deploy.check', 'deploy.served']);
/** With these begins what is done together. */
const beginning = new Set(['container-instance.create', 'deploy.wait', 'backend.remove']);

/** The stages of a plan that change something, in a few lines: what a card shows, where a dry run shows each step. */
export function foldedStages(plan: Plan): readonly Block[] {
  return [
    { type: 'list', items: shortened(together(foldsOf(plan))) },
    { type: 'note', text: ['Each step: the same line with ', { code: '--dry-run' }] },
  ];
}

function foldsOf({ stages = [], waves, undo }: Plan): readonly Fold[] {
  const folds: Fold[] = [];
  for (const [at, [step]] of waves.entries()) {
    if (!step || looking.has(step.verb)) continue;
    const [, what = '', of = ''] = /^(.*?)(?: \(([^()]*)\))?$/s.exec(stages[at] ?? '') ?? [];
    const part = step.verb === 'backend.add' ? what.replace(' to the load balancer', '') : what;
    const isLast = at === undo?.until;
    const before = folds.at(-1);
    if (!before || isLast || beginning.has(step.verb) || (of !== '' && of !== before.of))
      folds.push({ parts: [part], of, isLast });
    else folds.splice(-1, 1, { ...before, parts: [...before.parts, lower(part)] });
  }
  return folds;
}

/** One line each; of those that are the same but for their number, one. */
function together(folds: readonly Fold[]): readonly string[] {
  const runs: { readonly first: Fold; count: number }[] = [];
  for (const fold of folds) {
    const run = runs.at(-1);
    if (run && unnumbered(run.first) === unnumbered(fold)) run.count += 1;
    else runs.push({ first: fold, count: 1 });
  }
  return runs.map(({ first, count }) =>
    count > 1 ? `${unnumbered(first)} (${count} times, one after the other)` : lineOf(first),
  );
}

function unnumbered(fold: Fold): string {
  return lineOf({ ...fold, of: '' });
}

function lineOf({ parts, of, isLast }: Fold): string {
  const line = parts.join(', ');
  // a hold says of itself at which share it is
  const which = of === '' || line.includes(` at ${of}`) ? '' : ` (${of})`;
  return `${line}${which}${isLast ? ': from here on it is not taken back' : ''}`;
}

function shortened(lines: readonly string[]): readonly string[] {
  if (lines.length <= most) return lines;
  const between = lines.length - head - tail;
  return [...lines.slice(0, head), `… ${between} more like these`, ...lines.slice(-tail)];
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

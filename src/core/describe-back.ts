import { versionText } from './deploy/image.ts';
import { bringsBack } from './deploy/unfinished.ts';
import { leftoverBlocks } from './describe-leftovers.ts';
import { stageProgress } from './describe-stages.ts';
import { showDuration } from './duration.ts';
import { leftBehind } from './leftovers.ts';
import type { Operation } from './operation.ts';
import { targetsOf } from './plan.ts';
import { type Block, plainText, type ReportStep, type Text } from './report.ts';
import { listed, stopped, unstopped } from './text.ts';

/**
 * What is told of an operation that was taken back: what serves now, what it cost, and what did not come off. `reason` is
 * what its headline says of that, which is not said again.
 */
export function endOfWayBack(operation: Operation, reason: Text): readonly Block[] {
  const failed = stageProgress(operation)
    .filter(({ state }) => state === 'failed' || state === 'unknown')
    .map((stage) => untold(stage, plainText(reason)));
  const sentences = [...whatServes(operation), ...whatClientsSaw(operation), `It took ${took(operation)}.`];
  return [
    { type: 'text', text: sentences.join(' ') },
    ...(failed.length > 0 ? [{ type: 'steps', steps: failed } as const] : []),
    ...leftoverBlocks(operation),
  ];
}

/** Its detail goes where a headline has all of it. */
function untold({ detail = '', ...stage }: ReportStep, headline: string): ReportStep {
  const said = unstopped(plainText(detail)).toLowerCase();
  return headline.toLowerCase().includes(said) ? stage : { ...stage, detail };
}

/** From its begin to its end. */
export function took({ createdAt, startedAt, finishedAt }: Operation): string {
  return showDuration((finishedAt ?? createdAt) - (startedAt ?? createdAt));
}

/** Nothing is said where those that were there are not all back. */
function whatServes(operation: Operation): readonly string[] {
  const left = leftBehind(operation)?.waves.flatMap(({ steps }) => steps) ?? [];
  if (left.some(({ step }) => bringsBack(step))) return [];
  const { plan } = operation;
  const old = targetsOf(plan);
  const names = listed(old.map(({ name }) => name));
  const isOne = old.length === 1;
  if (old.length === 0)
    return plan.release && left.length === 0 ? [`${plan.release.app} has no instances, as before.`] : [];
  if (!plan.release || !old.some(({ state }) => state === 'ACTIVE'))
    return [`${names} ${isOne ? 'is' : 'are'} as before.`];
  const { app, replaces } = plan.release;
  return [`${app} runs ${replaces ? `${versionText(replaces.image)} ` : ''}on ${names} as before.`];
}

/** As its way back counted it. */
function whatClientsSaw({ undo = [] }: Operation): readonly string[] {
  const tally = undo.find(({ step, state }) => step.verb === 'deploy.tally' && state === 'done');
  if (!tally?.note) return [];
  const isKnown = /^[\d,]+ of [\d,]+ requests/.test(tally.note);
  return [stopped(isKnown ? `Meanwhile ${tally.note}` : `What clients saw is not known: ${tally.note}`)];
}

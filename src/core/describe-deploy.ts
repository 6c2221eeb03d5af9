import { actorId } from './actor.ts';
import { notMine } from './deploy/history.ts';
import { versionText } from './deploy/image.ts';
import type { Release } from './deploy/release.ts';
import { endOfWayBack } from './describe-back.ts';
import { leftoverBlocks } from './describe-leftovers.ts';
import { isTakenBack, questionsOf, stageProgress, undoProgress } from './describe-stages.ts';
import { mentionsIn } from './mentions.ts';
import { isFinal, type Operation, type Progress } from './operation.ts';
import { type Plan, targetsOf } from './plan.ts';
import type { Block, ReportStep, Span, StepState, Text } from './report.ts';
import { saidOf } from './step-words.ts';
import { listed, stopped, unstopped } from './text.ts';
import { isBeyond } from './way-back.ts';

/** What is said of an operation that has stages, and of one that is a deploy. */

/** How it stands, behind "Ana: deploy store 1.4.2 – ". Undefined where its status says it like any other's. */
export function standing(operation: Operation): readonly Span[] | undefined {
  const reason = reasonOf(operation);
  switch (operation.status) {
    case 'running':
      return questionsOf(operation).length > 0
        ? [`waits for a word at: ${stageNow(operation)}.`]
        : underWay(operation);
    case 'undoing':
      return ['taking it back: ', ...reason, '.'];
    case 'undone':
      return ['taken back: ', ...reason, '. All is as it was.'];
    case 'failed':
    case 'unresolved':
      if (isTakenBack(operation)) return ['taken back, ', ...leftWords(operation), ': ', ...reason, '.'];
      if (isBeyond(operation.plan, operation.steps))
        return ['done, ', ...leftWords(operation), ': ', ...reason, '.'];
      return operation.status === 'failed' ? ['failed: ', ...reason, '.'] : undefined;
    default:
      return undefined;
  }
}

function leftWords({ followUp }: Operation): readonly Span[] {
  if (followUp?.status !== 'succeeded') return ['but something is left behind'];
  return ['and finished by ', { code: followUp.operation }];
}

/** Why it does not get on, in a few words. */
export function reasonOf(operation: Operation): readonly Span[] {
  const failed = failedStep(operation);
  const { cancel } = operation;
  if (failed) {
    const note = unstopped(withoutNumbers(failed.note ?? failed.state));
    const isGate = note.startsWith('Gate ');
    const said = isGate ? `gate ${note.slice(5)}` : saidOf({ ...failed, note });
    const isName = said.startsWith(failed.step.target.name);
    return spansOf(mentionsIn(cut(isName ? said : lower(said))));
  }
  if (cancel) return ['aborted ', ...saidBy(cancel)];
  return [unstopped(operation.because ?? operation.status)];
}

/** `by @ana – “customers see errors”`. */
export function saidBy({ by, because }: NonNullable<Operation['cancel']>): readonly Span[] {
  return [...spansOf(mentionsIn(`by @${by}`)), ...(because ? [` – “${cut(because)}”`] : [])];
}

export function failedStep({ steps }: Operation): Progress | undefined {
  return steps.find(({ state }) => state === 'failed' || state === 'unknown');
}

/** From running to its end: what was done, and what of it is taken back. */
export function stageBlocks(operation: Operation): readonly Block[] {
  const { plan, status, steps } = operation;
  if (status === 'succeeded' && plan.release) return summaryOf(operation, plan.release);
  if (isFinal(status) && isTakenBack(operation)) return endOfWayBack(operation, reasonOf(operation));
  const isTooLate = isBeyond(plan, steps);
  if (isFinal(status) && isTooLate && plan.release)
    return [text([...whatRuns(plan, plan.release), '.']), ...leftoverBlocks(operation)];
  const back = isTakenBack(operation) ? undoProgress(operation) : [];
  return [
    ...(status === 'running' && isTooLate ? [text('From here on it is not taken back.')] : []),
    { type: 'steps', steps: stagesNow(operation) },
    ...(back.length > 0 ? ([text('It is taken back:'), { type: 'steps', steps: back }] as const) : []),
    ...leftoverBlocks(operation),
  ];
}

/** Once it is over, what was never begun says nothing. */
function stagesNow(operation: Operation): readonly ReportStep[] {
  const stages = stageProgress(operation);
  if (!isFinal(operation.status) || !operation.plan.undo) return stages;
  return stages.filter(({ state }) => state !== 'skipped');
}

/** Once it is done nobody asks how: what runs now, in place of what, and what the gates said last. */
function summaryOf({ plan, steps }: Operation, release: Release): readonly Block[] {
  const old = targetsOf(plan).map(({ name }) => name);
  const { replaces } = release;
  const before = replaces && replacedText(replaces);
  const gates = steps.findLast(({ step, note }) => step.verb === 'deploy.hold' && note)?.note;
  return [
    text([
      ...whatRuns(plan, release),
      ...(old.length > 0
        ? [
            `, in place of ${before ? `${before} on ` : ''}${listed(old)}, ${old.length === 1 ? 'which is' : 'which are'} deleted.`,
          ]
        : ['.']),
    ]),
    ...(gates ? [text(mentionsIn(`At the end: ${stopped(gates)}`))] : []),
  ];
}

function whatRuns({ makes = [] }: Plan, { app, version, image, digest }: Release): readonly Span[] {
  return [
    `${app} runs `,
    { strong: `version ${version}, ${versionText(image)}` },
    ...(digest ? [' (', { code: digest.slice(0, 19) }, ')'] : []),
    ` on ${listed(makes.map(({ name }) => name))}`,
  ];
}

/** `version 2, 1.4.2`; the image alone where it was not deployed through the bot. */
export function replacedText({ version, image }: NonNullable<Release['replaces']>): string {
  return version === notMine ? versionText(image) : `version ${version}, ${versionText(image)}`;
}

/** Whom a step asks: the people of its gates, else those who approve, else whoever began it. */
export function askedBy({ approval, actor }: Operation, gatekeepers: readonly string[]): readonly string[] {
  if (gatekeepers.length > 0) return gatekeepers;
  const approvers = [...new Set(approval?.asks.flatMap(({ from }) => from) ?? [])];
  return approvers.length > 0 ? approvers : [actorId(actor)];
}

function underWay(operation: Operation): readonly Span[] {
  const stages = stageProgress(operation);
  const done = stages.filter(({ state }) => state === 'done').length;
  return [`${lower(stageNow(operation))}, ${done} of ${stages.length} done.`];
}

function stageNow(operation: Operation): string {
  const stages = stageProgress(operation);
  const first = (...states: readonly StepState[]) => stages.find(({ state }) => states.includes(state));
  const now = first('running') ?? first('failed', 'unknown') ?? first('pending');
  return now?.label ?? 'running';
}

/** What OCI needs to find a call again is told below, not in the headline. */
function withoutNumbers(sentence: string): string {
  return sentence.replace(numbers, '');
}

/** `400 LimitExceeded, opc-request-id 4F3A9C/1/2`: what the headline leaves out of a note. */
export function numbersIn(note: string): readonly string[] {
  return (note.match(numbers) ?? []).map((found) => found.trim().slice(1, -1));
}

const numbers = /\s*\((?:no reply|\d+) \w+(?:, opc-request-id [^)]*)?\)/g;

function cut(sentence: string): string {
  return sentence.length > 200 ? `${sentence.slice(0, 199).trimEnd()}…` : sentence;
}

function lower(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

function spansOf(content: Text): readonly Span[] {
  return typeof content === 'string' ? [content] : content;
}

function text(content: Text): Block {
  return { type: 'text', text: content };
}

import { type Actor, actorId } from './actor.ts';
import { type Approval, type Decision, missingIn } from './approval.ts';
import { gatekeepersNow } from './deploy/gatekeepers.ts';
import { took } from './describe-back.ts';
import { askedBy, stageBlocks, standing } from './describe-deploy.ts';
import { leftoverActions } from './describe-leftovers.ts';
import { canAbort, canPromote, questionsOf, stageProgress, stepTable } from './describe-stages.ts';
import { showDuration } from './duration.ts';
import { foldedStages } from './fold-stages.ts';
import { mentionsIn } from './mentions.ts';
import { isFinal, type Operation, type Progress } from './operation.ts';
import type { Plan } from './plan.ts';
import { targetsOf } from './plan.ts';
import type { Action, Block, Report, ReportStep, Span, Text, Tone } from './report.ts';

/** The one message of an operation, from waiting to done. Pure: the same operation always reads the same. */
export function describe(operation: Operation): Report {
  return {
    title: title(operation),
    tone: questionsOf(operation).length > 0 ? 'waiting' : tones[operation.status],
    blocks: [
      ...(isSaid(operation) ? [] : becauseBlock(operation)),
      ...questionBlocks(operation),
      ...(hasActed(operation) ? progressBlocks(operation) : intendedBlocks(operation)),
      ...approvalBlocks(operation),
      ...(operation.cancel ? [note(cancelText({ ...operation, cancel: operation.cancel }))] : []),
      note([{ code: operation.id }, ` · ${operation.plan.line} · plan ${operation.digest.slice(0, 12)}`]),
    ],
    actions: actions(operation),
  };
}

/** What a dry run prints: the card without its buttons, since there is nothing to decide. */
export function describePlan(plan: Plan, digest: string, decided: Text): Report {
  return {
    title: `Dry run: ${lower(plan.title)}. Nothing was changed.`,
    tone: 'plain',
    blocks: [
      ...(plan.stages ? [...plan.consequences.map(told), ...stepTable(plan)] : planBlocks(plan)),
      text(decided),
      note(`plan ${digest.slice(0, 12)}`),
    ],
  };
}

const tones: Record<Operation['status'], Tone> = {
  waiting: 'waiting',
  queued: 'waiting',
  running: 'running',
  undoing: 'running',
  succeeded: 'success',
  failed: 'failure',
  cancelled: 'warning',
  undone: 'failure',
  unresolved: 'warning',
  denied: 'failure',
  expired: 'warning',
  void: 'warning',
};

function title(operation: Operation): Text {
  const who = person(operation.actor);
  const what = lower(operation.plan.title);
  const { done, all } = progressOf(operation);
  const staged = operation.plan.stages && standing(operation);
  if (staged) return [who, `: ${what} – `, ...staged];
  switch (operation.status) {
    case 'waiting':
      return [who, ` asks to ${what}.`];
    case 'queued':
      return [who, `: ${what} – queued.`];
    case 'running':
      return [who, `: ${what} – running, ${done} of ${all} done.`];
    case 'undoing':
      return [who, `: ${what} – taking it back.`];
    case 'undone':
      return [who, `: ${what} – taken back: all is as it was.`];
    case 'succeeded':
      return [who, `: ${what} – done in ${took(operation)}.`];
    case 'failed':
      return [who, `: ${what} – failed, ${done} of ${all} done.`];
    case 'cancelled':
      return [who, `: ${what} – cancelled, ${done} of ${all} done.`];
    case 'unresolved':
      return [who, `: ${what} – unresolved: somebody has to look, ${done} of ${all} known to be done.`];
    case 'denied':
      return [who, `: ${what} – denied.`];
    case 'expired':
      return [who, `: ${what} – expired before it was approved. Nothing was changed.`];
    case 'void':
      return [who, `: ${what} – void: what it was planned on has changed since. Nothing was changed.`];
  }
}

/** What will come of it; of a long plan that nobody runs any more, in one line. */
function intendedBlocks({ plan, status }: Operation): Block[] {
  if (!plan.stages || !isFinal(status)) return planBlocks(plan);
  return plan.consequences.slice(0, 1).map((what) => told(`It would have been this: ${what}`));
}

function planBlocks(plan: Plan): Block[] {
  if (plan.stages) return [...plan.consequences.map(told), ...foldedStages(plan)];
  const rows = targetsOf(plan).map((target) => [
    target.name,
    target.kind,
    target.state,
    target.compartment,
    target.region,
  ]);
  const columns = ['Name', 'Kind', 'Now', 'Compartment', 'Region'].map((label) => ({ label }));
  return [
    ...plan.consequences.map(text),
    { type: 'table', columns, rows },
    ...(plan.unchanged.length > 0
      ? [
          note(
            `Left alone: ${plan.unchanged.map(({ target, because }) => `${target.name} (${because})`).join(', ')}`,
          ),
        ]
      : []),
  ];
}

function progressBlocks(operation: Operation): Block[] {
  const ids = operation.steps.flatMap((each) => (isUntold(each) ? (each.receipt?.requestId ?? []) : []));
  return [
    ...(operation.plan.stages
      ? stageBlocks(operation)
      : [{ type: 'steps', steps: operation.steps.map(reportStep) } as const]),
    ...(ids.length > 0 ? [note(`opc-request-id ${ids.join(', ')}`)] : []),
  ];
}

/** It did not get well, and its words do not say by which call. */
function isUntold({ state, receipt, note }: Progress): boolean {
  const id = receipt?.requestId;
  return (state === 'failed' || state === 'unknown') && id !== undefined && !note?.includes(id);
}

/** A step that failed says it, or whoever aborted it. */
function isSaid({ plan, steps, undo }: Operation): boolean {
  return plan.stages !== undefined && undo !== undefined && steps.some(({ state }) => state === 'failed');
}

function becauseBlock({ because, cancel, status }: Operation): Block[] {
  const isOver = cancel && status !== 'running' && status !== 'queued';
  return because && !isOver ? [text(mentionsIn(because))] : [];
}

/** What has to be decided, and by whom. */
function questionBlocks(operation: Operation): Block[] {
  const questions = questionsOf(operation);
  if (questions.length === 0) return [];
  const people = askedBy(operation, gatekeepersNow(operation));
  return [
    ...questions.map((question) => text([{ strong: question }])),
    text(['Asked: ', ...mentioned(people), '. Promote lets it go on, Abort takes it back.']),
  ];
}

/** A word that is written down beside the act that follows it, on the same resource. */
const keepLabels: Readonly<Record<string, string>> = {
  'keep.on': 'Write down: keep on ',
  'keep.off': 'Write down: keep off ',
  'keep.end': 'Write down: no longer keep ',
};

function reportStep(progress: Progress): ReportStep {
  const { target, verb } = progress.step;
  return {
    label: `${keepLabels[verb] ?? ''}${target.name} (${target.kind}, ${target.region})`,
    state: progress.state,
    ...(progress.note ? { detail: mentionsIn(progress.note) } : {}),
  };
}

function approvalBlocks({ approval, status, createdAt }: Operation): Block[] {
  if (!approval) return [];
  const decided = approval.decisions.map((decision) => note(decisionText(decision)));
  if (status !== 'waiting') return decided;
  const missing = missingIn(approval.asks, approval.decisions);
  const people: Text = [
    `Needs ${missing} ${approval.decisions.length > 0 ? 'more ' : ''}approval${missing === 1 ? '' : 's'} from `,
    ...approvers(approval),
    '. Expires ',
    { time: approval.expiresAt },
    approval.lapses
      ? ', when its schedule wants something else.'
      : ` (${showDuration(approval.expiresAt - createdAt)} after it was asked).`,
  ];
  return [text(people), ...decided];
}

/** Those who may decide, each once, as mentions. */
export function approvers(approval: Approval): Span[] {
  return mentioned([...new Set(approval.asks.flatMap((ask) => ask.from))]);
}

/** Each as a mention: "ana, ben or chloe". */
export function mentioned(ids: readonly string[]): Span[] {
  return ids.flatMap((id, at) => [...(at === 0 ? [] : [at === ids.length - 1 ? ' or ' : ', ']), mention(id)]);
}

function decisionText({ by, verdict, at, reason }: Decision): Text {
  const word = { approve: 'Approved', deny: 'Denied', 'break-glass': 'Break-glass' }[verdict];
  return [`${word} by `, mention(by), ' ', { time: at }, ...(reason ? [` – “${reason}”`] : [])];
}

type Cancelled = Operation & { readonly cancel: NonNullable<Operation['cancel']> };

function cancelText({ cancel: { by, at, because }, plan, startedAt }: Cancelled): Text {
  const word = plan.undo && startedAt !== undefined ? 'Aborted' : 'Cancelled';
  return [`${word} by `, mention(by), ' ', { time: at }, ...(because ? [` – “${because}”`] : [])];
}

function actions(operation: Operation): readonly Action[] {
  const { id, digest, plan, status } = operation;
  const value = `${id}:${digest}`;
  const noun = plan.title.replace(/^\S+\s*/, '');
  const cancel: Action = { type: 'button', id: 'cancel', label: 'Cancel', value: id };
  if (status === 'waiting')
    return [
      {
        type: 'button',
        id: 'approve',
        label: 'Approve',
        value,
        style: plan.impact === 'destroy' ? 'danger' : 'primary',
        ...(plan.impact === 'destroy'
          ? { confirm: { title: plan.title, text: plan.consequences.join(' '), yes: `Delete ${noun}` } }
          : {}),
      },
      { type: 'button', id: 'deny', label: 'Deny', value },
      { type: 'button', id: 'break-glass', label: 'Break glass…', value },
      cancel,
    ];
  if (status !== 'queued' && status !== 'running') return leftoverActions(operation);
  if (!plan.undo) return [cancel];
  if (status === 'queued') return [cancel];
  return [
    ...(canPromote(operation)
      ? [{ type: 'button', id: 'promote', label: 'Promote', value: id, style: 'primary' } as const]
      : []),
    ...(canAbort(operation)
      ? [
          {
            type: 'button',
            id: 'abort',
            label: 'Abort',
            value: id,
            style: 'danger',
            confirm: { title: 'Take it back?', text: plan.undo.stages.join('. '), yes: 'Abort' },
          } as const,
        ]
      : []),
  ];
}

/** U…, S…, terminal:name or schedule:policy as a reader sees it. */
export function mention(id: string): Span {
  if (/^[UW][A-Z0-9]+$/.test(id)) return { user: id };
  if (/^S[A-Z0-9]+$/.test(id)) return { group: id };
  return { strong: id.replace(/^schedule:/, 'schedule ') };
}

export function person(actor: Actor): Span {
  return mention(actorId(actor));
}

function hasActed({ status, steps }: Operation): boolean {
  return status === 'running' || steps.some((each) => each.state !== 'pending' && each.state !== 'skipped');
}

/** Stages where there are stages, else steps. */
function progressOf(operation: Operation): { readonly done: number; readonly all: number } {
  const steps = operation.plan.stages ? stageProgress(operation) : operation.steps;
  return { done: steps.filter(({ state }) => state === 'done').length, all: steps.length };
}

function lower(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

function text(content: Text): Block {
  return { type: 'text', text: content };
}

/** A consequence may name people. */
function told(sentence: string): Block {
  return text(mentionsIn(sentence));
}

function note(content: Text): Block {
  return { type: 'note', text: content };
}

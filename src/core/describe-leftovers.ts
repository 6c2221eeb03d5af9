import { instancesLeft, isLeft, leftBehind } from './leftovers.ts';
import { mentionsIn } from './mentions.ts';
import { isFinal, type Operation } from './operation.ts';
import type { Action, Block, Span, Text } from './report.ts';
import { doesOf, saidOf } from './step-words.ts';
import { listed } from './text.ts';

/** What an operation left behind, as its message says it, and the buttons by which somebody sees to it. */

export function leftoverBlocks(operation: Operation): readonly Block[] {
  const items = leftovers(operation);
  if (items.length === 0) return [];
  return [
    { type: 'text', text: headOf(operation) },
    { type: 'list', items },
    ...(isLeft(operation)
      ? [{ type: 'text', text: ['To finish it: ', { run: finishLine(operation) }] } as const]
      : []),
  ];
}

/** None once somebody has begun to finish it. */
export function leftoverActions(operation: Operation): readonly Action[] {
  const left = isLeft(operation) ? leftBehind(operation) : undefined;
  if (!left) return [];
  const { id } = operation;
  const label = left.way === 'back' ? 'Finish taking it back' : 'Finish it';
  const steps = left.waves.flatMap((wave) => wave.steps.map(({ step }) => doesOf(step)));
  return [
    {
      type: 'button',
      id: 'finish',
      label,
      value: id,
      style: 'primary',
      confirm: { title: `${label}?`, text: listed(steps), yes: 'Finish' },
    },
    { type: 'button', id: 'finish-dry-run', label: 'Show each step', value: id },
    ...instancesLeft(operation).map(
      ({ name }, at): Action => ({
        type: 'button',
        id: 'retire',
        label: `Retire ${name}`,
        value: `${id}:${at}`,
        style: 'danger',
        confirm: {
          title: `Retire ${name}?`,
          text: 'It is taken out of traffic and deleted, with nothing in its place.',
          yes: 'Retire',
        },
      }),
    ),
  ];
}

/** The line that finishes it. */
export function finishLine({ id }: Pick<Operation, 'id'>): string {
  return `deploy finish ${id}`;
}

/** What was tried in vain, a line each, and in one line what was not begun for that. */
export function leftovers(operation: Operation): readonly Text[] {
  const left = leftBehind(operation)?.waves.flatMap(({ steps }) => steps) ?? [];
  const tried = left.filter(({ state }) => state === 'failed' || state === 'unknown');
  const others = left.filter((each) => !tried.includes(each)).map(({ step }) => doesOf(step));
  return [
    ...tried.map((each) => mentionsIn(saidOf(each))),
    ...(others.length > 0 ? [`Not begun: ${listed(others)}`] : []),
  ];
}

function headOf({ followUp }: Operation): readonly Span[] {
  if (!followUp) return ['Left behind, for somebody to look at:'];
  const by: Span = { code: followUp.operation };
  if (followUp.status === 'succeeded') return ['Left behind, and finished since by ', by, ':'];
  return isFinal(followUp.status)
    ? ['Left behind; ', by, ' took it up, and left something behind itself:']
    : ['Left behind; ', by, ' finishes it now:'];
}

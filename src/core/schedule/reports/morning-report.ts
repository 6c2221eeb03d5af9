import type { Report, Span } from '../../report.ts';
import { counted, countsByKind, policyNames, someOf } from '../wording.ts';
import type { Evening, EveningRow } from './evening.ts';
import { failedBlocks, keptBlocks, missingBlocks, tableBlocks } from './evening-rows.ts';

/**
 * What people have to know before they begin to work: what should be up and is not. Undefined when
 * all is well, since nobody reads a message that says so each morning.
 */
export function morningReport(evening: Evening): Report | undefined {
  const { rows, missing, state, policies } = evening;
  const failed = rows.filter(({ outcome }) => outcome === 'failed');
  const open = rows.filter(({ outcome }) => outcome === 'waiting' || outcome === 'running');
  const late = state === 'running' ? [] : open;
  if (failed.length + late.length + missing.length === 0) return undefined;
  const down = [...failed, ...late];
  return {
    title: title(policyNames(policies), rows.length, down, missing.length),
    tone: down.length > 0 ? 'failure' : 'warning',
    blocks: [
      ...(down.length > 0
        ? [{ type: 'text' as const, text: [{ strong: 'Not up' }, `: ${countsByKind(down)}.`] }]
        : []),
      ...failedBlocks({ ...evening, direction: 'up' }),
      ...(late.length > 0 ? [{ type: 'text' as const, text: lateText(late, state) }] : []),
      ...missingBlocks(evening),
      ...keptBlocks({ ...evening, direction: 'up' }),
      ...(state === 'over' ? tableBlocks({ ...evening, direction: 'up' }) : []),
    ],
  };
}

function title(policies: string, all: number, down: readonly EveningRow[], missing: number): Span[] {
  if (down.length === 0)
    return [
      `I cannot tell whether everything in ${policies} is up: ${counted(missing, 'region')} could not be asked.`,
    ];
  const next = down.flatMap(({ retryAt }) => retryAt ?? []).toSorted((a, b) => a - b)[0];
  return [
    `Not everything is up in ${policies}: ${down.length} of ${all} did not start`,
    ...(next === undefined ? ['.'] : ['; the next try is ', { time: next }, '.']),
  ];
}

function lateText(late: readonly EveningRow[], state: Evening['state']): Span[] {
  const names = someOf(late.map(({ name }) => name));
  return state === 'asked'
    ? [{ strong: 'Waiting for an approval' }, `: ${names}.`]
    : [{ strong: 'Not reached' }, `: ${names}.`];
}

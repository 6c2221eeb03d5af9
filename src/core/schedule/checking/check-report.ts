import type { Found } from '../../cloud.ts';
import { gapsIn } from '../../gaps.ts';
import type { Block, Report, Text } from '../../report.ts';
import { counted } from '../wording.ts';
import type { CheckedFile, Oddity } from './oddity.ts';

/** What was checked, and what came of it. */
export interface Check {
  /** Absent where everything that is configured was checked. */
  readonly file?: string;
  /** How many policies were checked. */
  readonly policies: number;
  readonly odd: readonly Oddity[];
  /** How many resources were in sight. */
  readonly targets: number;
  readonly missing: Found['missing'];
  readonly doubts?: readonly Oddity[];
}

/** What there is to say of policies that are written as they should be. */
export function checkReport({ file, policies, odd, targets, missing, doubts = [] }: Check): Report {
  const where = file ? ` in ${file}` : '';
  const about = `${policiesCounted(policies)}${where}`;
  const things = odd.length + doubts.length;
  const title =
    things === 0
      ? `Nothing is odd about ${about}, with ${counted(targets, 'resource')} in sight.`
      : `${counted(things, 'thing')} ${things === 1 ? 'is' : 'are'} odd about ${about}, with ${counted(targets, 'resource')} in sight.`;
  return {
    title,
    tone: things + missing.length > 0 ? 'warning' : 'success',
    blocks: [
      ...gapsIn(missing, 'Not seen'),
      ...listOf(doubts, 'What I would warn of'),
      ...listOf(odd, 'What is odd about what there is'),
    ],
  };
}

/** Mistakes, all at once: what there is in the cloud does not matter until they are mended. */
export function mistakesReport({ file, mistakes }: Pick<CheckedFile, 'file' | 'mistakes'>): Report {
  return {
    title: `${counted(mistakes.length, 'mistake')} in ${file}: I would not start with it.`,
    tone: 'failure',
    blocks: [{ type: 'list', items: mistakes.map(itemOf) }],
  };
}

function policiesCounted(count: number): string {
  return `${count} ${count === 1 ? 'policy' : 'policies'}`;
}

function listOf(odd: readonly Oddity[], heading: string): readonly Block[] {
  if (odd.length === 0) return [];
  return [
    { type: 'heading', text: heading },
    { type: 'list', items: odd.map(itemOf) },
  ];
}

function itemOf({ places, sentence }: Oddity): Text {
  const shown = places.flatMap((place, at) => [...(at > 0 ? [', '] : []), { code: place }]);
  return shown.length > 0 ? [...shown, ` ${sentence}`] : sentence;
}

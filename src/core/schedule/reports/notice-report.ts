import { mention } from '../../describe.ts';
import { factsOf, type Kind } from '../../kinds/all.ts';
import type { Action, Report, Span, Text } from '../../report.ts';
import { stopped, unstopped } from '../../text.ts';
import { counted, countsByKind, policyNames, someOf, wallClock } from '../wording.ts';

interface Subject {
  readonly name: string;
  readonly kind: Kind;
  readonly region: string;
}

/** What a channel is told once, apart from evenings and mornings. */
export type Notice =
  /** Tags that don't parse. */
  | {
      readonly about: 'unreadable';
      readonly rows: readonly (Subject & { readonly tag: string; readonly problem: string })[];
    }
  /** Something else decides: `by` is what the cloud says, or that its state was turned back twice. */
  | {
      readonly about: 'foreign';
      readonly policy: string;
      readonly rows: readonly (Subject & { readonly by: string })[];
    }
  /** It should be up when people begin, and is not. `owner` is an actor's id or a team's name. */
  | (Subject & {
      readonly about: 'failed-start';
      readonly policy: string;
      readonly owner?: string;
      readonly because: string;
      readonly tries: number;
      readonly retryAt?: number;
      /** When it has to be up, and in which zone. */
      readonly due: number;
      readonly zone: string;
    })
  /** More than the policy does without a person. `from` are those who may say yes, by id. */
  | {
      readonly about: 'blast-radius';
      readonly policies: readonly string[];
      readonly direction: 'down' | 'up';
      readonly rows: readonly { readonly name: string; readonly kind: Kind }[];
      readonly atMost: number;
      readonly at: number;
      readonly zone: string;
      readonly from?: readonly string[];
      readonly actions?: readonly Action[];
    };

const most = 10;

export function noticeReport(notice: Notice): Report {
  switch (notice.about) {
    case 'unreadable':
      return unreadable(notice);
    case 'foreign':
      return foreign(notice);
    case 'failed-start':
      return failedStart(notice);
    case 'blast-radius':
      return blastRadius(notice);
  }
}

type Of<About extends Notice['about']> = Extract<Notice, { about: About }>;

function unreadable({ rows }: Of<'unreadable'>): Report {
  const items = rows
    .slice(0, most)
    .map((row): Text => [...subject(row), ': ', { code: row.tag }, ` – ${unstopped(row.problem)}`]);
  return {
    title: `I cannot read the schedule in the tags of ${counted(rows.length, 'resource')}, and leave ${rows.length === 1 ? 'it' : 'them'} alone.`,
    tone: 'warning',
    blocks: [
      { type: 'list', items: [...items, ...more(rows)] },
      { type: 'note', text: 'This is said once, and again only when a tag changes.' },
    ],
  };
}

function foreign({ policy, rows }: Of<'foreign'>): Report {
  const items = rows.slice(0, most).map((row): Text => [...subject(row), `: ${unstopped(row.by)}`]);
  return {
    title: `Something else decides when ${counted(rows.length, 'resource')} of ${policy} ${rows.length === 1 ? 'runs' : 'run'}; I leave ${rows.length === 1 ? 'it' : 'them'} alone.`,
    tone: 'warning',
    blocks: [
      { type: 'list', items: [...items, ...more(rows)] },
      {
        type: 'note',
        text: `Two that switch one resource undo each other. End the other one, or write it under except: in ${policy}.`,
      },
    ],
  };
}

function failedStart(notice: Of<'failed-start'>): Report {
  const { owner, policy, because, tries, retryAt, due, zone } = notice;
  return {
    title: [
      ...(owner === undefined ? [] : [mention(owner), ': ']),
      `${notice.name} does not start, and should be up at ${wallClock(due, zone)} (${zone}).`,
    ],
    tone: 'failure',
    blocks: [
      { type: 'text', text: [...subject(notice), `: ${stopped(because)}`] },
      {
        type: 'text',
        text: [
          `Tried ${tries === 1 ? 'once' : `${tries} times`} so far`,
          ...(retryAt === undefined
            ? ['; it is not tried again by itself. ']
            : ['; the next try is ', { time: retryAt }, '. ']),
          'To try now: ',
          { run: `start ${notice.name}` },
        ],
      },
      { type: 'note', text: `By policy ${policy}` },
    ],
  };
}

function blastRadius(notice: Of<'blast-radius'>): Report {
  const { policies, direction, rows, atMost, at, zone, from = [], actions } = notice;
  const act = direction === 'down' ? 'stop' : 'start';
  const asked = from.flatMap((id, n): Span[] => [
    ...(n === 0 ? [] : [n === from.length - 1 ? ' or ' : ', ']),
    mention(id),
  ]);
  return {
    title: `${policyNames(policies)} would ${act} ${counted(rows.length, 'resource')} at ${wallClock(at, zone)} (${zone}), more than the ${atMost} that need no word from a person.`,
    tone: 'waiting',
    blocks: [
      { type: 'text', text: `${countsByKind(rows)}: ${someOf(rows.map(({ name }) => name))}.` },
      {
        type: 'text',
        text: [
          'Nothing happens before it is approved',
          ...(asked.length > 0 ? [' by ', ...asked, '.'] : ['.']),
        ],
      },
    ],
    ...(actions ? { actions } : {}),
  };
}

function subject({ name, kind, region }: Subject): Span[] {
  return [{ strong: name }, ` (${factsOf(kind).title}, ${region})`];
}

function more(rows: readonly Subject[]): Text[] {
  const hidden = rows.slice(most).map(({ name }) => name);
  return hidden.length > 0 ? [`And ${hidden.length} more: ${someOf(hidden)}`] : [];
}

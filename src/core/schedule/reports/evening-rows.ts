import { mention } from '../../describe.ts';
import { factsOf } from '../../kinds/all.ts';
import type { Block, Span, Text } from '../../report.ts';
import { stopped, unstopped } from '../../text.ts';
import { calendarDate, capital, grouped, policyNames, someOf, wallClock } from '../wording.ts';
import type { Evening, EveningRow } from './evening.ts';

/** Longer lists than this are counted, and stand whole in the table. */
export const mostRows = 20;
const mostFailed = 10;
/** Lines of a list that people still read. */
const mostLines = 12;

/** Each failure in OCI's words, with what happens next. */
export function failedBlocks({ rows, direction }: Pick<Evening, 'rows' | 'direction'>): Block[] {
  const failed = rows.filter(({ outcome }) => outcome === 'failed');
  if (failed.length === 0) return [];
  const heading = direction === 'down' ? 'Not stopped' : 'Not started';
  const hidden = failed.slice(mostFailed).map(({ name }) => name);
  const items: Text[] = [
    ...failed.slice(0, mostFailed).map(failure),
    ...(hidden.length > 0 ? [`And ${hidden.length} more: ${someOf(hidden)}`] : []),
  ];
  return [
    { type: 'heading', text: heading },
    { type: 'list', items },
  ];
}

function failure({ name, kind, region, because, retryAt }: EveningRow): Text {
  const next: Span[] =
    retryAt === undefined
      ? [' It is not tried again by itself: somebody has to look.']
      : [' The next try is ', { time: retryAt }, '.'];
  return [
    { strong: name },
    ` (${factsOf(kind).title}, ${region}): ${stopped(because ?? 'OCI gave no reason')}`,
    ...next,
  ];
}

/** Who kept what, until when: one line for each person and end. */
export function keptBlocks({ rows, direction }: Pick<Evening, 'rows' | 'direction'>): Block[] {
  const kept = rows.filter(({ outcome }) => outcome === 'kept');
  const state = direction === 'down' ? 'on' : 'off';
  const items = grouped(kept, ({ by, until, because }) => JSON.stringify([by, until, because])).map(
    (group): Text => {
      const [first] = group;
      const names = someOf(group.map(({ name }) => name));
      return [
        ...(first?.by === undefined ? ['Somebody'] : [mention(first.by)]),
        ` keeps ${names} ${state}`,
        ...(first?.until === undefined ? [] : [' until ', { time: first.until }]),
        first?.because ? ` – “${unstopped(first.because)}”.` : '.',
      ];
    },
  );
  return items.length > 0
    ? [
        { type: 'heading', text: `Kept ${state}` },
        { type: 'list', items: firstOf(items) },
      ]
    : [];
}

/** What was left alone, reason by reason. */
export function leftBlocks(rows: readonly EveningRow[]): Block[] {
  const left = rows.filter(({ outcome }) => outcome === 'left');
  const groups = grouped(left, ({ because }) => unstopped(because ?? 'no reason is known'));
  const items = groups
    .toSorted((a, b) => b.length - a.length)
    .map((group): Text => {
      const why = unstopped(group[0]?.because ?? 'no reason is known');
      return [{ strong: `${group.length}` }, ` · ${capital(why)}: ${someOf(group.map(({ name }) => name))}`];
    });
  return items.length > 0
    ? [
        { type: 'heading', text: 'Left alone' },
        { type: 'list', items: firstOf(items) },
      ]
    : [];
}

function firstOf(items: readonly Text[]): readonly Text[] {
  const hidden = items.length - mostLines;
  return hidden > 0 ? [...items.slice(0, mostLines), `And ${hidden} more like these`] : items;
}

/** Regions that could not be asked; what is there is as it was. */
export function missingBlocks({ missing }: Pick<Evening, 'missing'>): Block[] {
  if (missing.length === 0) return [];
  const items = missing.map(({ region, because }): Text => [{ strong: region }, `: ${stopped(because)}`]);
  return [
    { type: 'heading', text: 'Could not be asked' },
    { type: 'list', items },
    {
      type: 'note',
      text: 'What is in a region that could not be asked was not touched. I ask again, and do what is due when it answers.',
    },
  ];
}

/** Everything row by row, for who wants to read on; short evenings need none. */
export function tableBlocks({ rows, at, zone, policies, direction }: Evening): Block[] {
  if (rows.length <= mostRows) return [];
  const name = `lights-${direction === 'down' ? 'out' : 'on'}-${calendarDate(at, zone)}.csv`;
  return [
    {
      type: 'table',
      file: name,
      columns: ['Name', 'Kind', 'Region', 'Policy', 'Outcome', 'Why', 'By', 'Until'].map((label) => ({
        label,
      })),
      rows: rows.map((row) => [
        row.name,
        row.kind,
        row.region,
        row.policy,
        outcomeWord(row, direction),
        row.because ?? '',
        row.by ?? '',
        moment(row.outcome === 'kept' ? row.until : row.retryAt, zone),
      ]),
    },
    { type: 'note', text: `Everything that ${policyNames(policies)} meant, as it ended.` },
  ];
}

function outcomeWord({ outcome }: EveningRow, direction: Evening['direction']): string {
  const down = direction === 'down';
  return {
    waiting: 'not reached',
    running: down ? 'stopping' : 'starting',
    done: down ? 'stopped' : 'started',
    failed: 'failed',
    left: 'left alone',
    kept: down ? 'kept on' : 'kept off',
  }[outcome];
}

function moment(at: number | undefined, zone: string): string {
  return at === undefined ? '' : `${calendarDate(at, zone)} ${wallClock(at, zone)} ${zone}`;
}

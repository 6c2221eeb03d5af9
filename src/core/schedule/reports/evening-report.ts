import type { Block, Report, Text, Tone } from '../../report.ts';
import { counted, countsByKind, grouped, money, policyNames, someOf, wallClock } from '../wording.ts';
import type { Evening, EveningRow, Saved } from './evening.ts';
import {
  failedBlocks,
  keptBlocks,
  leftBlocks,
  missingBlocks,
  mostRows,
  tableBlocks,
} from './evening-rows.ts';

/**
 * The one message of an evening, from the first minute to the last: the same evening always reads the
 * same. The table of everything and so its file come only when the evening is over.
 */
export function eveningReport(evening: Evening): Report {
  const { rows, saved, chart, state } = evening;
  return {
    title: title(evening),
    tone: tone(evening),
    blocks: [
      ...progressBlocks(evening),
      ...failedBlocks(evening),
      ...missingBlocks(evening),
      ...keptBlocks(evening),
      ...leftBlocks(rows),
      ...(saved && rows.length > 0 ? savedBlocks(saved, evening.direction) : []),
      ...(chart && rows.length > 0
        ? [{ type: 'image' as const, file: 'week.png', bytes: chart.bytes, alt: chart.alt }]
        : []),
      ...(state === 'over' ? tableBlocks(evening) : []),
    ],
  };
}

function title({ direction, policies, state, rows, saved, missing }: Evening): string {
  const lights = `Lights ${direction === 'down' ? 'out' : 'on'} in ${policyNames(policies)}`;
  const done = direction === 'down' ? 'stopped' : 'started';
  const open = count(rows, 'waiting') + count(rows, 'running');
  if (rows.length === 0)
    return `${lights}: ${missing.length > 0 ? 'nothing could be seen of it' : 'there is nothing to do'}.`;
  if (state === 'asked')
    return `${lights} waits for an approval: ${counted(open, 'resource')} would be ${done}.`;
  const parts = [
    `${count(rows, 'done')} of ${rows.length} ${done}`,
    ...some(open, state === 'over' ? 'not reached' : 'to go'),
    ...some(count(rows, 'kept'), 'kept'),
    ...some(count(rows, 'left'), 'left alone'),
    ...some(count(rows, 'failed'), 'failed'),
  ].join(', ');
  const worth =
    direction === 'down' && saved
      ? `; saves about ${money(saved.tonight, saved.currency)} tonight (estimate)`
      : '';
  return `${lights}: ${parts}${worth}.`;
}

function tone({ state, rows, missing }: Evening): Tone {
  if (state === 'asked') return 'waiting';
  if (state === 'running') return 'running';
  if (count(rows, 'failed') > 0) return 'failure';
  const open = count(rows, 'waiting') + count(rows, 'running') > 0;
  return missing.length > 0 || open ? 'warning' : 'success';
}

function progressBlocks(evening: Evening): Block[] {
  const { direction, rows } = evening;
  const of = (outcome: EveningRow['outcome']) => rows.filter((row) => row.outcome === outcome);
  const past = direction === 'down' ? 'Stopped' : 'Started';
  const present = direction === 'down' ? 'Stopping now' : 'Starting now';
  const lines: readonly (readonly [string, readonly EveningRow[]])[] = [
    [past, of('done')],
    [present, of('running')],
    ['Waiting for their turn', of('waiting')],
  ];
  const said: Text[] = lines.flatMap(([label, each]) =>
    each.length > 0 ? [[{ strong: label }, `: ${whichOf(each, rows.length)}.`]] : [],
  );
  return [...said.map((text) => ({ type: 'text' as const, text })), { type: 'note', text: due(evening) }];
}

/** By name where no table follows: `2 compute instances (web-1 and web-2), 1 container instance (api)`. */
function whichOf(some: readonly EveningRow[], all: number): string {
  if (all > mostRows) return countsByKind(some);
  return grouped(some, ({ kind }) => kind)
    .toSorted((a, b) => b.length - a.length)
    .map((each) => `${countsByKind(each)} (${someOf(each.map(({ name }) => name))})`)
    .join(', ');
}

function due({ at, zone, policies, again }: Evening): Text {
  const clock = `${wallClock(at, zone)} (${zone}), `;
  return again
    ? [
        `What somebody switched by hand is put right, as ${policyNames(policies)} is enforced. Seen at ${clock}`,
        { time: at },
        '.',
      ]
    : [`Due at ${clock}`, { time: at }, '.'];
}

function savedBlocks(
  { currency, tonight, monthToDate, source, unpriced }: Saved,
  direction: string,
): Block[] {
  const from = source === 'usage' ? "OCI's usage reports" : 'the configuration';
  const night = direction === 'down' ? `tonight about ${money(tonight, currency)}, ` : '';
  const none =
    unpriced > 0
      ? ` ${counted(unpriced, 'resource')} ${unpriced === 1 ? 'has' : 'have'} no rate and count${unpriced === 1 ? 's' : ''} for nothing.`
      : '';
  return [
    {
      type: 'text',
      text: [
        { strong: 'Saved' },
        `: ${night}this month so far about ${money(monthToDate, currency)}. Estimates, by rates from ${from}.${none}`,
      ],
    },
  ];
}

function some(count: number, word: string): string[] {
  return count > 0 ? [`${count} ${word}`] : [];
}

function count(rows: readonly EveningRow[], outcome: EveningRow['outcome']): number {
  return rows.reduce((sum, row) => sum + (row.outcome === outcome ? 1 : 0), 0);
}

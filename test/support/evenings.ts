import type { Report } from '../../src/core/report.ts';
import type { Evening, EveningRow } from '../../src/core/schedule/reports/evening.ts';
import { eveningReport } from '../../src/core/schedule/reports/evening-report.ts';
import { morningReport } from '../../src/core/schedule/reports/morning-report.ts';
import { noticeReport } from '../../src/core/schedule/reports/notice-report.ts';
import { warningReport } from '../../src/core/schedule/reports/warning-report.ts';
import { checkReports } from './checks.ts';
import { importReports } from './imports.ts';

/** Evenings as the runtime fills them, and every report of schedules that has a golden file. */

/** 19:00 in Amsterdam, a Wednesday. */
export const seven = Date.UTC(2026, 10, 25, 18);
const hour = 3_600_000;

const row = (name: string, more: Partial<EveningRow> = {}): EveningRow => ({
  ocid: `ocid1.instance.oc1.eu-frankfurt-1.${name}`,
  name,
  kind: 'instance',
  region: 'eu-frankfurt-1',
  policy: 'dev-evenings',
  outcome: 'done',
  ...more,
});

export function someRows(count: number, more: Partial<EveningRow> = {}): EveningRow[] {
  return Array.from({ length: count }, (_, n) => row(`web-${n + 1}`, more));
}

const failed = row('orders-db', {
  kind: 'autonomous-database',
  outcome: 'failed',
  because: '409 IncorrectState: the database is being backed up, opc-request-id 7F3A/2B/9C',
  retryAt: seven + hour / 4,
});

const kept = row('checkout', {
  kind: 'container-instance',
  outcome: 'kept',
  because: 'Release rehearsal.',
  by: 'U0ANAPETROV',
  until: seven + 3 * hour,
});

const left = [
  row('api-1', { outcome: 'left', because: 'already stopped' }),
  row('api-2', { outcome: 'left', because: 'already stopped' }),
  row('pool-7', { outcome: 'left', because: 'Resource Scheduler schedule <nightly> decides it' }),
];

export const evening: Evening = {
  direction: 'down',
  at: seven,
  zone: 'Europe/Amsterdam',
  policies: ['dev-evenings'],
  state: 'over',
  rows: [...someRows(9), row('cart', { kind: 'container-instance' }), failed, kept, ...left],
  missing: [{ region: 'eu-zurich-1', because: '503 ServiceUnavailable: try again later' }],
  saved: { currency: 'EUR', tonight: 4.1, monthToDate: 61.237, source: 'configuration', unpriced: 3 },
  chart: {
    bytes: Buffer.from('a picture').toString('base64'),
    alt: 'Running over the last seven days: at most 14 of 15.',
  },
};

const morning: Evening = {
  ...evening,
  direction: 'up',
  rows: [
    ...someRows(9),
    row('gpu-1', {
      outcome: 'failed',
      because: '500 InternalError: Out of host capacity, opc-request-id 11/22/33',
      retryAt: seven + 13 * hour,
    }),
    row('gpu-2', { outcome: 'failed', because: 'it is FAILED' }),
    { ...kept, because: 'Broken image' },
  ],
};

const button = (id: string, label: string) => ({
  type: 'button' as const,
  id,
  label,
  value: 'dev-evenings:1',
});

const warning = {
  policies: ['dev-evenings', 'shop'],
  at: seven,
  zone: 'Europe/Amsterdam',
  rows: [
    ...someRows(12).map(({ name, kind }) => ({ name, kind })),
    { name: 'orders-db', kind: 'autonomous-database' as const, keptBy: 'U0BENOKAFOR' },
  ],
  kept: [{ name: 'checkout', by: 'U0ANAPETROV', until: seven + 3 * hour, because: 'Release rehearsal' }],
  actions: [
    button('keep-1h', 'Keep on 1 h'),
    button('keep-22', 'Keep on until 22:00'),
    button('skip', 'Skip tonight'),
  ],
  extend: button('extend', 'Extend'),
};

export const scheduleReports: Readonly<Record<string, Report>> = {
  'evening-over': eveningReport(evening),
  'evening-running': eveningReport({
    ...evening,
    state: 'running',
    policies: ['a', 'b', 'c', 'd', 'e'],
    rows: [
      ...someRows(3),
      ...someRows(2, { outcome: 'running' }),
      ...someRows(4, { outcome: 'waiting' }),
      failed,
    ],
    missing: [],
  }),
  'evening-asked': eveningReport({
    ...evening,
    state: 'asked',
    rows: someRows(64, { outcome: 'waiting' }),
    missing: [],
  }),
  'evening-long': eveningReport({ ...evening, rows: [...someRows(214), failed, kept], missing: [] }),
  'evening-up': eveningReport({ ...morning, missing: [] }),
  'evening-again': eveningReport({
    ...evening,
    again: true,
    rows: [row('web-1'), row('web-2', { outcome: 'running' })],
    missing: [],
    state: 'running',
  }),
  'evening-empty': eveningReport({
    direction: 'down',
    at: seven,
    zone: 'Europe/Amsterdam',
    policies: ['dev-evenings'],
    state: 'over',
    rows: [],
    missing: [],
  }),
  morning: morningReport(morning) ?? eveningReport(morning),
  warning: warningReport(warning),
  'notice-unreadable': noticeReport({
    about: 'unreadable',
    rows: [
      {
        name: 'web-1',
        kind: 'instance',
        region: 'eu-frankfurt-1',
        tag: 'Lamplighter.Schedule=Mon-Fri 07:30-25:00',
        problem: '25:00 is no time of day.',
      },
    ],
  }),
  'notice-foreign': noticeReport({
    about: 'foreign',
    policy: 'dev-evenings',
    rows: [
      {
        name: 'web-1',
        kind: 'instance',
        region: 'eu-frankfurt-1',
        by: 'Resource Scheduler schedule nightly',
      },
      {
        name: 'web-2',
        kind: 'instance',
        region: 'eu-frankfurt-1',
        by: 'it was started again twice right after it was stopped',
      },
    ],
  }),
  'notice-failed-start': noticeReport({
    about: 'failed-start',
    name: 'gpu-1',
    kind: 'instance',
    region: 'eu-frankfurt-1',
    policy: 'dev-evenings',
    owner: 'S0SHOPTEAM0',
    because: '500 InternalError: Out of host capacity.',
    tries: 3,
    retryAt: seven + 13 * hour,
    due: seven + 13.5 * hour,
    zone: 'Europe/Amsterdam',
  }),
  'notice-blast-radius': noticeReport({
    about: 'blast-radius',
    policies: ['dev-evenings'],
    direction: 'down',
    rows: someRows(64).map(({ name, kind }) => ({ name, kind })),
    atMost: 50,
    at: seven,
    zone: 'Europe/Amsterdam',
    from: ['S0ONCALL000', 'U0BENOKAFOR'],
    actions: [button('approve', 'Approve'), button('deny', 'Deny')],
  }),
  ...importReports,
  ...checkReports,
};

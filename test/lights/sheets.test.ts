import { describe, expect, test } from 'vitest';
import type { Operation, Status } from '../../src/core/operation.ts';
import { planTarget } from '../../src/core/plan.ts';
import type { StepState } from '../../src/core/report.ts';
import type { Decision, Keep, Memory } from '../../src/core/schedule/model.ts';
import { isOpen, type Scene, type Sheet, sheetKey } from '../../src/lights/sheet.ts';
import { sheetsAfter } from '../../src/lights/sheets.ts';
import { policy, resource } from '../core/schedule/policies.ts';

const hour = 3_600_000;
/** `daily` of the policies goes down then. */
const at = Date.parse('2026-11-25T19:00Z');
const key = sheetKey('C1', at, 'down');
const shop = policy('shop', ['app=shop'], { channel: 'C1' });
const web = resource('web-1', { app: 'shop' });

function decided(other: Partial<Decision> = {}): Decision {
  return {
    ocid: web.ocid,
    kind: 'instance',
    policy: 'shop',
    group: 'all',
    act: 'stop',
    edge: at,
    want: 'down',
    attempt: 1,
    saw: { flips: [] },
    because: 'the window ended; it is already stopped',
    ...other,
  };
}

const memory: Memory = {
  ocid: web.ocid,
  policy: 'shop',
  edge: at,
  want: 'down',
  decidedAt: at,
  because: '',
  outcome: 'pending',
  operation: 'op-1',
  act: 'stop',
  tries: 0,
  firstSeen: 0,
  flips: [],
};

function operation(status: Status, state: StepState, note?: string): Operation {
  const step = { name: 'stop', verb: 'instance.stop', target: planTarget(web), within: 1 };
  return {
    id: 'op-1',
    status,
    line: '',
    actor: { kind: 'schedule', policy: 'shop' },
    origin: { kind: 'terminal' },
    plan: { title: '', impact: 'stop', consequences: [], waves: [], unchanged: [], line: '' },
    digest: '',
    steps: [{ step, state, attempts: 1, ...(note === undefined ? {} : { note }) }],
    createdAt: at,
  };
}

const keep: Keep = {
  id: 'keep-1',
  ocid: web.ocid,
  want: 'up',
  at: at - hour,
  until: at + 3 * hour,
  by: 'UANA',
  because: 'the demo',
};

function scene(other: Partial<Scene> = {}): Scene {
  return {
    now: at + 1_000,
    targets: new Map([[web.ocid, web]]),
    memories: new Map(),
    keeps: new Map(),
    operations: new Map(),
    policies: new Map([['shop', shop]]),
    denied: new Map(),
    worth: () => undefined,
    missing: [],
    unseen: [],
    ...other,
  };
}

const remembered = (change: Partial<Memory> = {}, done?: Operation): Partial<Scene> => ({
  memories: new Map([[web.ocid, { ...memory, ...change }]]),
  operations: new Map(done ? [['op-1', done]] : []),
});
const kept = { keeps: new Map([[web.ocid, keep]]) };
const keptDecision = decided({ act: 'nothing', want: 'up', left: 'kept' });

function begun(): Sheet {
  const [sheet] = sheetsAfter([], [decided()], scene(remembered({}, operation('running', 'running'))));
  if (!sheet) throw new Error('no sheet');
  return sheet;
}

describe('a sheet', () => {
  test('is begun by what acts, for its channel, edge and direction', () => {
    expect(begun()).toEqual({
      key,
      channel: 'C1',
      direction: 'down',
      at,
      zone: 'UTC',
      policies: ['shop'],
      state: 'running',
      rows: [
        {
          ocid: web.ocid,
          name: 'web-1',
          kind: 'instance',
          region: 'eu-frankfurt-1',
          policy: 'shop',
          outcome: 'running',
        },
      ],
      missing: [],
      told: false,
    });
  });

  test.each<[string, Partial<Memory>, Operation, Sheet['state'], object]>([
    ['waits for a yes', {}, operation('waiting', 'pending'), 'asked', { outcome: 'waiting' }],
    ['is queued', {}, operation('queued', 'pending'), 'running', { outcome: 'waiting' }],
    ['is done, and not written down', {}, operation('succeeded', 'done'), 'running', { outcome: 'done' }],
    ['is done', { outcome: 'done' }, operation('succeeded', 'done'), 'over', { outcome: 'done' }],
    [
      'failed, and not written down',
      {},
      operation('failed', 'failed', 'no'),
      'running',
      { outcome: 'running' },
    ],
    [
      'failed',
      { outcome: 'failed', retryAt: at + hour },
      operation('failed', 'failed', 'no'),
      'over',
      { outcome: 'failed', because: 'no', retryAt: at + hour },
    ],
    [
      'was cancelled',
      { outcome: 'none' },
      operation('cancelled', 'skipped'),
      'over',
      { outcome: 'left', because: 'it was cancelled (op-1)' },
    ],
  ])('says what %s', (_, change, found, state, row) => {
    const [sheet] = sheetsAfter([begun()], [], scene(remembered(change, found)));
    expect(sheet?.state).toBe(state);
    expect(sheet?.rows[0]).toMatchObject(row);
    expect(sheet && isOpen(sheet, at + 2)).toBe(state !== 'over' || 'retryAt' in row);
    expect(sheet && isOpen(sheet, at + 21 * hour)).toBe(state !== 'over');
    expect(sheet && isOpen(sheet, at + 8 * 24 * hour)).toBe(false);
  });

  test.each<[string, Decision, Partial<Scene>, number]>([
    ['something is left alone', decided({ act: 'nothing', left: 'manual' }), {}, 0],
    ['it was so already', decided({ act: 'nothing', settles: at }), {}, 0],
    ['nothing is to be said of it', decided({ act: 'nothing' }), {}, 0],
    ['it has no channel', decided(), { policies: new Map([['shop', policy('shop', [])]]) }, 0],
    ['it is a day ago', decided({ edge: at - 24 * hour }), {}, 0],
    ['it is not there', decided({ ocid: 'gone' }), {}, 0],
    ['it may not be done', decided(), { denied: new Map([[web.ocid, 'No rule lets you.']]) }, 1],
    ['it waits for another', decided({ act: 'nothing', waits: true }), {}, 1],
    ['it is kept', keptDecision, kept, 1],
  ])('where %s', (_, decision, other, count) => {
    expect(sheetsAfter([], [decision], scene(other))).toHaveLength(count);
  });

  test('beside what acts says what was left, with the reason that stands behind the edge', () => {
    const other = resource('web-2', { app: 'shop' });
    const on = scene({ targets: new Map([web, other].map((each) => [each.ocid, each])) });
    const [sheet] = sheetsAfter(
      [],
      [decided({ ocid: other.ocid, act: 'nothing', settles: at }), decided()],
      on,
    );
    expect(sheet?.rows).toMatchObject([
      { name: 'web-1', outcome: 'waiting' },
      { name: 'web-2', outcome: 'left', because: 'it is already stopped' },
    ]);
  });

  test('tells who keeps what on, and then that it was stopped at the end of that', () => {
    const [first] = sheetsAfter([], [keptDecision], scene(kept));
    expect(first).toMatchObject({ key, state: 'over' });
    expect(first?.rows[0]).toMatchObject({
      outcome: 'kept',
      by: 'UANA',
      until: keep.until,
      because: 'the demo',
    });
    if (!first) throw new Error('no sheet');
    expect([at, keep.until].map((now) => isOpen(first, now))).toEqual([true, false]);
    const now = keep.until + 1_000;
    const going = remembered({ edge: keep.until }, operation('running', 'running'));
    const [second, ...more] = sheetsAfter([first], [decided({ edge: keep.until })], scene({ ...going, now }));
    expect(more).toEqual([]);
    expect(second?.rows).toHaveLength(1);
    expect(second).toMatchObject({ key, rows: [{ outcome: 'running', by: 'UANA', until: keep.until }] });
    const over = remembered({ edge: keep.until, outcome: 'done' }, operation('succeeded', 'done'));
    const [third] = sheetsAfter(second ? [second] : [], [], scene({ ...over, now: now + 1_000 }));
    expect(third).toMatchObject({ state: 'over', rows: [{ outcome: 'done', by: 'UANA' }] });
  });

  test('once closed stays as it is, whatever is found later', () => {
    const done = remembered({ outcome: 'done' }, operation('succeeded', 'done'));
    const [closed] = sheetsAfter([begun()], [], scene(done));
    if (!closed) throw new Error('no sheet');
    for (const decision of [
      decided({ act: 'nothing' }),
      decided({ act: 'nothing', settles: at }),
      decided({ act: 'nothing', left: 'manual' }),
    ]) {
      const missing = [{ region: 'eu-frankfurt-1', because: 'away' }];
      expect(sheetsAfter([closed], [decision], scene({ ...done, missing, now: at + hour }))).toEqual([
        closed,
      ]);
    }
  });

  test('does not take the next edge’s operation for its own', () => {
    const [sheet] = sheetsAfter(
      [begun()],
      [],
      scene({
        ...remembered({ edge: at + 12 * hour, want: 'up', act: 'start' }, operation('running', 'running')),
        now: at + 12 * hour,
      }),
    );
    expect(sheet).toMatchObject({
      state: 'over',
      rows: [{ outcome: 'left', because: 'its next time came first' }],
    });
  });

  test('remembers what it was worth when it was up', () => {
    const worth = scene({ ...remembered({}, operation('running', 'running')), worth: () => 2 });
    const [first] = sheetsAfter([], [decided()], worth);
    const [later] = sheetsAfter(first ? [first] : [], [decided()], scene({ worth: () => 0 }));
    expect(later?.rows[0]?.perHour).toBe(2);
  });
});

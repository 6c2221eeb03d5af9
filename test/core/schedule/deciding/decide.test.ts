import { describe, expect, test } from 'vitest';
import type { Calendar } from '../../../../src/core/schedule/calendar.ts';
import { backOff } from '../../../../src/core/schedule/deciding/decide.ts';
import { parseSelector } from '../../../../src/core/selector.ts';
import { timetable } from '../reading.ts';
import { on, World } from '../world.ts';
import { seen, shop, web } from './shop.ts';

describe('an edge', () => {
  test('is followed once, and each direction at its own', () => {
    const world = seen();
    expect(world.looks('25T18:59', '25T19:00', '25T19:01', '26T06:29', '26T06:30', '26T06:31')).toEqual([
      'nothing',
      'stop',
      'nothing',
      'nothing',
      'start',
      'nothing',
    ]);
  });

  test('says why, and what comes next', () => {
    const { because, edge, next, want, attempt } = seen().look(on('25T19:05'));
    expect(because).toBe('the window Mon-Fri 07:30-20:00 ended at Wed 25 Nov 20:00 Europe/Amsterdam');
    expect({ edge, want, attempt }).toEqual({ edge: on('25T19:00'), want: 'down', attempt: 1 });
    expect(next).toEqual({
      at: on('26T06:30'),
      want: 'up',
      because: 'the window Mon-Fri 07:30-20:00 begins',
    });
  });

  test('that was missed is caught up, the latest only', () => {
    const world = seen();
    expect(world.look(on('26T18:59')).act).toBe('nothing');
    expect(world.memory).toMatchObject({ edge: on('26T06:30'), want: 'up', outcome: 'none' });
    expect(world.looks('26T23:00', '27T05:00', '28T12:00')).toEqual(['stop', 'nothing', 'nothing']);
    expect(world.acts.map(({ edge }) => edge)).toEqual([on('26T19:00')]);
  });

  test('of before a resource was seen first is not its own', () => {
    const world = new World([shop()], web());
    expect(world.looks('25T21:00', '25T23:00', '26T05:00')).toEqual(['nothing', 'nothing', 'nothing']);
    expect(world.decide(on('26T05:00')).because).toBe(
      'the window Mon-Fri 07:30-20:00 ended at Wed 25 Nov 20:00 Europe/Amsterdam, before I first saw it; it waits for the next edge',
    );
    expect(world.looks('26T06:31', '26T19:00')).toEqual(['nothing', 'stop']);
  });

  test('finds what is already as wanted, and is over then', () => {
    const world = seen();
    world.flip('down');
    expect(world.look(on('25T19:00')).because).toMatch(/; it is already stopped$/);
    world.flip('up');
    expect(world.looks('25T19:05')).toEqual(['manual']);
  });
});

describe('what is done by hand', () => {
  test('is respected until the next edge', () => {
    const world = seen();
    world.look(on('25T19:00'));
    world.flip('up');
    expect(world.looks('25T20:00', '26T06:00', '26T06:30', '26T19:00')).toEqual([
      'manual',
      'manual',
      'nothing',
      'stop',
    ]);
    expect(world.acts).toHaveLength(2);
  });

  test('is named', () => {
    const world = seen();
    world.look(on('26T06:30'));
    world.flip('down');
    expect(world.look(on('26T10:00')).because).toBe(
      'the window Mon-Fri 07:30-20:00 began at Thu 26 Nov 07:30 Europe/Amsterdam; somebody stopped it since, which is respected until the next edge',
    );
  });

  test('is put right where the policy is enforced, each time under a key of its own', () => {
    const world = seen([shop({ enforced: true })]);
    world.look(on('25T19:00'));
    world.flip('up');
    expect(world.looks('25T20:00', '25T20:01')).toEqual(['stop', 'nothing']);
    expect(new Set(world.acts.map(({ key }) => key)).size).toBe(2);
  });

  test('of before it was seen first is put right too where the policy is enforced', () => {
    const world = new World([shop({ enforced: true })], web());
    expect(world.looks('25T21:00', '25T21:01', '25T21:02')).toEqual(['stop', 'nothing', 'nothing']);
  });

  test('does not make an enforced policy remember each minute', () => {
    const world = seen([shop({ enforced: true })]);
    const before = world.memory;
    world.look(on('25T12:01'));
    expect(world.memory).toBe(before);
  });
});

describe('a failure', () => {
  test('is tried again, less and less often, until the next edge', () => {
    const world = seen();
    world.look(on('25T19:00'));
    world.failing = true;
    for (let now = on('26T06:30'); now <= on('26T09:00'); now += 60_000) world.look(now);
    const minutes = world.acts.slice(1).map(({ at }) => (at - on('26T06:30')) / 60_000);
    expect(minutes).toEqual([0, 1, 3, 8, 18, 38, 68, 98, 128]);
    expect(new Set(world.acts.map(({ key }) => key)).size).toBe(world.acts.length);
    world.failing = false;
    expect(world.looks('26T19:00', '26T19:30')).toEqual(['nothing', 'nothing']);
  });

  test('of a start is told to the owner, each time with what happens next', () => {
    const world = seen();
    world.look(on('25T19:00'));
    world.failing = true;
    world.look(on('26T06:30'));
    const waiting = world.decide(on('26T06:30'));
    expect(waiting).toMatchObject({ act: 'nothing', late: { tries: 1, retryAt: on('26T06:31') } });
    expect(waiting.because).toMatch(/; it failed 1 time, and is tried again at Thu 26 Nov 07:31 Europe/);
    expect(world.decide(on('26T06:31'))).toMatchObject({ act: 'start', attempt: 2, late: { tries: 1 } });
  });

  test('of a stop is nobody’s being late', () => {
    const world = seen();
    world.failing = true;
    world.look(on('25T19:00'));
    expect(world.decide(on('25T19:00')).late).toBeUndefined();
  });

  test('is over when somebody does it by hand', () => {
    const world = seen();
    world.failing = true;
    world.look(on('25T19:00'));
    world.flip('down');
    expect(world.look(on('25T19:01'))).toMatchObject({ act: 'nothing', settles: on('25T19:00') });
    expect(world.memory).toMatchObject({ outcome: 'none', tries: 0 });
    expect(world.memory?.retryAt).toBeUndefined();
  });

  test('waits 1, 2, 5, 10 and 20 minutes, then half an hour', () => {
    expect([1, 2, 3, 4, 5, 6, 40].map((tries) => backOff(tries) / 60_000)).toEqual([1, 2, 5, 10, 20, 30, 30]);
  });
});

describe('a keep', () => {
  test('on prevents a stop, and its end is an edge', () => {
    const world = seen();
    world.keep('up', '25T18:45', '25T21:00');
    expect(world.looks('25T18:46', '25T19:00', '25T20:59')).toEqual(['nothing', 'kept', 'kept']);
    expect(world.decide(on('25T20:00'))).toMatchObject({
      because:
        'kept on until Wed 25 Nov 22:00 Europe/Amsterdam (keep-1); otherwise the window Mon-Fri 07:30-20:00 ended at Wed 25 Nov 20:00 Europe/Amsterdam',
      edge: on('25T19:00'),
      next: { at: on('25T21:00'), want: 'down' },
    });
    expect(world.looks('25T21:00', '25T21:01')).toEqual(['stop', 'nothing']);
    expect(world.acts[0]?.edge).toBe(on('25T21:00'));
  });

  test('on starts what is stopped, once', () => {
    const world = seen();
    world.look(on('25T19:00'));
    world.keep('up', '25T20:00', '25T22:00');
    expect(world.looks('25T20:00')).toEqual(['start']);
    world.flip('down');
    expect(world.looks('25T20:10', '25T22:00')).toEqual(['manual', 'nothing']);
  });

  test('on of something that was never seen starts it', () => {
    const world = new World([shop()], web({ state: 'STOPPED' }));
    world.keep('up', '25T20:00', '25T22:00');
    expect(world.looks('25T20:05', '25T20:06', '25T22:00')).toEqual(['start', 'kept', 'stop']);
  });

  test('off stops, prevents the start, and its end brings it up', () => {
    const world = seen();
    world.keep('down', '25T13:00', '26T09:00');
    expect(world.looks('25T13:00', '25T13:01', '25T19:00', '26T06:30', '26T09:00')).toEqual([
      'stop',
      'kept',
      'nothing',
      'kept',
      'start',
    ]);
  });

  test('that has ended leaves what the timetable wants', () => {
    const world = seen();
    world.keep('up', '25T18:00', '25T18:30');
    expect(world.looks('25T18:10', '25T18:40', '25T19:00')).toEqual(['nothing', 'nothing', 'stop']);
  });

  test('is replaced by a later one, also by one that ends it', () => {
    const world = seen();
    world.keep('up', '25T18:00', '25T23:00');
    world.keep('up', '25T18:30', '25T20:00');
    expect(world.looks('25T19:00', '25T20:00')).toEqual(['kept', 'stop']);
    const ended = seen();
    ended.keep('up', '25T18:00', '25T23:00');
    ended.look(on('25T19:00'));
    ended.keep('down', '25T19:30', '25T19:30');
    expect(ended.looks('25T19:30')).toEqual(['stop']);
  });

  test('that began and ended while nobody looked is an edge all the same', () => {
    const world = seen();
    world.look(on('25T19:00'));
    world.keep('up', '25T20:00', '25T21:00');
    world.flip('up');
    expect(world.looks('25T21:30')).toEqual(['stop']);
  });
});

describe('a pause', () => {
  test('leaves everything, and makes up for the edge that it passed over', () => {
    const world = seen();
    world.pause('shop', '25T18:00', '25T22:00');
    expect(world.looks('25T18:30', '25T19:00', '25T21:59', '25T22:00', '25T22:01')).toEqual([
      'paused',
      'paused',
      'paused',
      'stop',
      'nothing',
    ]);
    expect(world.acts[0]?.edge).toBe(on('25T22:00'));
    expect(world.decide(on('25T20:00')).because).toBe(
      'shop is paused until Wed 25 Nov 23:00 Europe/Amsterdam',
    );
  });

  test('that passed over nothing leaves what was done by hand', () => {
    const world = seen();
    world.look(on('25T19:00'));
    world.pause('shop', '25T20:00', '25T22:00');
    world.flip('up');
    expect(world.looks('25T21:00', '25T22:00', '26T19:00')).toEqual(['paused', 'manual', 'stop']);
  });

  test('is no reason against a person’s keep', () => {
    const world = seen();
    world.look(on('25T19:00'));
    world.pause('shop', '25T19:30', '25T23:00');
    world.keep('up', '25T20:00', '25T21:00');
    expect(world.looks('25T20:00', '25T21:00', '25T23:00')).toEqual(['start', 'paused', 'stop']);
  });
});

describe('a freeze', () => {
  const freeze: Calendar = {
    name: 'books',
    mode: 'freeze',
    days: new Map([['2026-11-26', 'the books are closed']]),
  };

  test('leaves everything, and what is wanted by then is taken up at its end', () => {
    const world = seen([shop({ timetable: timetable('Mon-Fri 07:30-20:00 UTC', [freeze]) })]);
    world.look(on('25T20:00'));
    expect(world.looks('26T07:30', '26T20:30', '27T00:00', '27T07:30')).toEqual([
      'frozen',
      'frozen',
      'nothing',
      'start',
    ]);
    expect(world.decide(on('26T12:00')).because).toBe('frozen: the books are closed');
  });

  test('loses no edge that was missed before', () => {
    const world = seen([shop({ timetable: timetable('Mon-Fri 07:30-20:00 UTC', [freeze]) })]);
    expect(world.looks('26T00:30', '27T00:30')).toEqual(['frozen', 'stop']);
  });
});

describe('something else that decides', () => {
  test('is named, and left alone', () => {
    const pooled = seen([shop()], web({ managedBy: 'instance pool web-pool' }));
    expect(pooled.look(on('25T19:00'))).toMatchObject({
      left: 'foreign',
      because: 'instance pool web-pool decides when it runs',
    });
    const scaled = seen();
    scaled.controller = 'the autoscaling configuration web';
    expect(scaled.look(on('25T19:00'))).toMatchObject({ left: 'foreign' });
  });

  test('shows by turning a resource back twice, and is left alone until another day', () => {
    const world = seen([shop({ enforced: true })]);
    world.look(on('25T19:00'));
    world.look(on('25T19:02'));
    world.flip('up');
    expect(world.looks('25T19:05', '25T19:06')).toEqual(['stop', 'nothing']);
    world.flip('up');
    expect(world.looks('25T19:10', '25T19:11', '25T22:59', '26T05:00', '26T06:30')).toEqual([
      'foreign',
      'foreign',
      'foreign',
      'foreign',
      'nothing',
    ]);
    expect(world.memory?.flips).toEqual([]);
    expect(world.looks('26T19:00')).toEqual(['stop']);
  });

  test('shows by turning it back at once on two evenings, where only edges act, and is left alone for a week', () => {
    const world = seen([shop({ timetable: timetable('daily 06:00-19:00 UTC') })], web(), '19T12:00');
    const turned = (day: number) => {
      world.looks(`${day}T06:01`, `${day}T19:00`);
      world.flip('up');
      return world.looks(`${day}T19:05`, `${day}T20:00`);
    };
    expect(turned(20)).toEqual(['manual', 'manual']);
    expect(turned(21)).toEqual(['foreign', 'foreign']);
    expect(world.looks('22T06:00', '22T19:00', '28T19:00', '28T19:10')).toEqual([
      'foreign',
      'foreign',
      'foreign',
      'foreign',
    ]);
    expect(world.looks('29T06:00', '29T19:00')).toEqual(['nothing', 'stop']);
    world.flip('up');
    expect(world.looks('29T19:05')).toEqual(['foreign']);
  });

  test('is nobody who starts it later, or on one of two evenings', () => {
    const world = seen([shop({ timetable: timetable('daily 06:00-19:00 UTC') })], web(), '19T12:00');
    const turned = (day: number, minute: string) => {
      world.looks(`${day}T06:01`, `${day}T19:00`);
      world.flip('up');
      return world.looks(`${day}T19:${minute}`)[0];
    };
    expect(turned(20, '05')).toBe('manual');
    expect(turned(21, '16')).toBe('manual');
    expect(turned(22, '05')).toBe('manual');
    expect(world.looks('23T06:00', '23T19:00')).toEqual(['nothing', 'stop']);
    expect(world.looks('23T20:00', '24T06:00', '24T19:00')).toEqual(['nothing', 'start', 'stop']);
    world.flip('up');
    expect(world.looks('24T19:05')).toEqual(['manual']);
  });

  test('is nobody who changes their mind: one turn counts for one act', () => {
    const nights = shop({ timetable: timetable('daily 06:00-12:00, daily 13:00-19:00 UTC') });
    for (const [edge, level] of [
      ['25T19:00', 'up'],
      ['26T06:00', 'down'],
    ] as const) {
      const world = seen([nights]);
      world.looks('25T19:00', '25T19:01');
      if (edge === '26T06:00') world.looks(edge, '26T06:01');
      const day = edge.slice(0, 2);
      for (const [hour, to] of [
        ['20', level],
        ['21', level === 'up' ? 'down' : 'up'],
        ['22', level],
      ] as const) {
        world.flip(to);
        world.looks(`${day}T${edge.endsWith('19:00') ? hour : `0${Number(hour) - 13}`}:00`);
      }
      expect(world.memory?.flips).toHaveLength(1);
      expect(world.looks('26T12:30')).toEqual([level === 'up' ? 'stop' : 'nothing']);
      expect(world.looks('26T13:00')).toEqual(['start']);
    }
  });

  test('is not a person who keeps it on', () => {
    const world = seen();
    world.look(on('25T19:00'));
    world.keep('up', '25T19:10', '25T21:00');
    world.flip('up');
    world.looks('25T19:11', '25T21:00', '25T21:01');
    expect(world.memory?.flips).toEqual([]);
  });

  test('is not an operation of ours that OCI shows before it has ended', () => {
    const world = seen();
    world.looks('25T19:00', '25T19:01');
    world.busy = true;
    world.flip('up');
    world.looks('25T19:05');
    world.busy = false;
    world.looks('25T19:06');
    expect(world.memory?.flips).toEqual([]);
  });

  test('may be an operation that runs: it is waited for', () => {
    const world = seen();
    world.busy = true;
    expect(world.look(on('25T19:00'))).toMatchObject({ act: 'nothing' });
    world.busy = false;
    expect(world.looks('25T19:01')).toEqual(['stop']);
  });

  test('may be an operation that is on its way there: only its end settles anything', () => {
    const world = seen();
    world.busy = true;
    world.target = { ...world.target, state: 'STOPPING' };
    expect(world.look(on('25T19:00')).settles).toBeUndefined();
    world.busy = false;
    world.flip('up');
    expect(world.looks('25T19:01')).toEqual(['stop']);
  });
});

describe('a state', () => {
  test('between two is waited for, and the edge is not lost', () => {
    const world = seen([shop()], web({ kind: 'container-instance', state: 'ACTIVE' }));
    world.target = { ...world.target, state: 'UPDATING' };
    expect(world.look(on('25T19:00'))).toMatchObject({
      act: 'nothing',
      because:
        'the window Mon-Fri 07:30-20:00 ended at Wed 25 Nov 20:00 Europe/Amsterdam; it is UPDATING, so that I look again',
    });
    world.target = { ...world.target, state: 'ACTIVE' };
    expect(world.looks('25T19:03')).toEqual(['stop']);
  });

  test.each([
    ['STARTING', undefined],
    ['STOPPING', on('25T19:00')],
  ])('%s is waited for, or is on its way', (state, settles) => {
    const world = seen();
    world.target = { ...world.target, state };
    expect(world.look(on('25T19:00')).settles).toBe(settles);
  });

  test.each([
    [{ state: 'STANDBY', kind: 'autonomous-database' }, /; it is STANDBY; act on its primary instead$/],
    [{ state: 'MELTING' }, /I do not know what may be done then$/],
    [{ refuses: { stop: 'it is a member of a cluster' } }, /; it is a member of a cluster$/],
    [{ kind: 'load-balancer', state: 'ACTIVE' }, /; a load balancer cannot be stopped$/],
  ] as const)('%o is refused, with the reason', (other, because) => {
    const decision = seen([shop()], web(other)).look(on('25T19:00'));
    expect(decision).toMatchObject({ act: 'nothing', left: 'refused' });
    expect(decision.because).toMatch(because);
  });

  test('of what is no more is no reason for anything', () => {
    expect(seen([shop()], web({ state: 'TERMINATED' })).look(on('25T19:00'))).toMatchObject({
      act: 'nothing',
      because: 'it is TERMINATED',
    });
  });
});

test('what is new is not stopped for a while', () => {
  const world = new World([shop({ settleIn: 1_800_000 })], web());
  expect(world.looks('25T18:45', '25T19:00', '25T19:14', '25T19:15')).toEqual([
    'nothing',
    'new',
    'new',
    'stop',
  ]);
});

test('what is new is stopped all the same where a person says so', () => {
  const world = new World([shop({ settleIn: 1_800_000 })], web());
  world.keep('down', '25T13:01', '25T15:00');
  expect(world.looks('25T13:00', '25T13:01')).toEqual(['nothing', 'stop']);
});

test('a resource belongs to the first group that matches', () => {
  const groups = [
    { name: 'database', what: [parseSelector(['kind:adb'])], dimming: { act: 'stop' } as const },
    { name: 'rest', what: [parseSelector([])], dimming: { act: 'stop' } as const },
  ];
  const adb = web({ kind: 'autonomous-database', state: 'AVAILABLE' });
  expect(seen([shop({ groups })], adb).decide(on('25T13:00')).group).toBe('database');
  expect(seen([shop({ groups })]).decide(on('25T13:00')).group).toBe('rest');
});

test('one-sided times act whatever was wanted before, each time', () => {
  const world = seen([shop({ timetable: timetable('stop 20:00 UTC') })]);
  world.look(on('25T20:00'));
  world.flip('up');
  expect(world.looks('25T21:00', '26T20:00')).toEqual(['manual', 'stop']);
});

test('always and never are levels, and have no edge to follow', () => {
  expect(seen([shop({ timetable: timetable('always') })]).decide(on('25T19:00')).because).toBe(
    'always, with no edge to follow',
  );
  const world = seen([shop({ timetable: timetable('never'), enforced: true })]);
  expect(world.acts.map(({ act }) => act)).toEqual(['stop']);
});

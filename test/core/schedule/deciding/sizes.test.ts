import { describe, expect, test } from 'vitest';
import type { Dimming, Policy } from '../../../../src/core/schedule/model.ts';
import { everything } from '../../../../src/core/selector.ts';
import type { Target } from '../../../../src/core/target.ts';
import { policy, resource } from '../policies.ts';
import { timetable } from '../reading.ts';
import { on, World } from '../world.ts';

const sized = (when: string | readonly string[], dimming: Dimming = { act: 'stop' }): Policy =>
  policy('shop', ['env=dev'], {
    timetable: timetable(when),
    groups: [{ name: 'all', what: [everything], dimming }],
  });

function seen(wanted: Policy, other: Partial<Target>): World {
  const world = new World([wanted], resource('db-1', { env: 'dev' }, other));
  world.look(on('25T12:00'));
  return world;
}

const adb = { kind: 'autonomous-database', state: 'AVAILABLE', size: '4' } as const;
const pool = { kind: 'node-pool', state: 'ACTIVE', size: '3' } as const;

describe('a window with a size', () => {
  test('starts first, and scales when it is looked at again', () => {
    const world = seen(sized('daily 08:00-18:00 size 2 UTC'), adb);
    expect(world.looks('25T18:00', '26T08:00', '26T08:01', '26T08:02')).toEqual([
      'stop',
      'start',
      'scale 2',
      'nothing',
    ]);
  });

  test('scales what is up, and a person who scales it then is respected', () => {
    const world = seen(sized('daily 13:00-18:00 size 8 UTC'), adb);
    expect(world.looks('25T13:00', '25T13:01')).toEqual(['scale 8', 'nothing']);
    world.target = { ...world.target, size: '16' };
    expect(world.looks('25T14:00')).toEqual(['manual']);
  });

  test('that follows a start of the right size leaves it then', () => {
    const world = seen(sized('daily 08:00-18:00 size 4 UTC'), adb);
    expect(world.looks('25T18:00', '26T08:00', '26T08:01')).toEqual(['stop', 'start', 'nothing']);
    world.target = { ...world.target, size: '1' };
    expect(world.looks('26T09:00')).toEqual(['manual']);
  });

  test('waits for what is on its way up, and then gives the size', () => {
    const world = seen(sized('daily 08:00-18:00 size 2 UTC'), adb);
    world.look(on('25T18:00'));
    world.target = { ...world.target, state: 'STARTING' };
    expect(world.look(on('26T08:00')).settles).toBeUndefined();
    world.flip('up');
    expect(world.looks('26T08:01')).toEqual(['scale 2']);
  });

  test('that is over while it is on its way up gives its own size back when it is there', () => {
    const world = seen(sized(['daily 13:00-18:00 size 8 UTC', 'Thu 07:00-09:00 UTC']), adb);
    world.looks('25T13:00', '25T18:00');
    world.target = { ...world.target, state: 'STARTING' };
    expect(world.look(on('26T07:00')).settles).toBeUndefined();
    world.flip('up');
    expect(world.looks('26T07:01')).toEqual(['scale 4']);
  });

  test('that goes over into one without gives it its own size back', () => {
    const world = seen(sized(['daily 07:00-18:00 UTC', 'daily 13:00-15:00 size 8 UTC']), adb);
    expect(world.looks('25T13:00', '25T15:00', '25T15:01')).toEqual(['scale 8', 'scale 4', 'nothing']);
    expect(world.memory?.given).toBeUndefined();
  });

  test('gives its own size back after a stop too', () => {
    const world = seen(sized(['daily 13:00-18:00 size 8 UTC', 'Thu 07:00-09:00 UTC']), adb);
    expect(world.looks('25T13:00', '25T18:00', '26T07:00', '26T07:01', '26T07:02')).toEqual([
      'scale 8',
      'stop',
      'start',
      'scale 4',
      'nothing',
    ]);
  });

  test.each([
    [adb, 'lots', /; lots is not a size in ECPUs, or OCPUs where it has those, such as 4$/],
    [{ kind: 'mysql', state: 'ACTIVE' } as const, '2', /; a MySQL DB system has no size$/],
  ])('that the kind cannot have is refused', (other, size, because) => {
    const decision = seen(sized(`daily 13:00-18:00 size ${size} UTC`), other).look(on('25T13:00'));
    expect(decision.left).toBe('refused');
    expect(decision.because).toMatch(because);
  });
});

describe('scaling down instead of stopping', () => {
  const dimmed = sized('daily 08:00-18:00 UTC', { act: 'scale', size: '1' });

  test('gives the size back that it had', () => {
    const world = seen(dimmed, adb);
    expect(world.looks('25T18:00', '25T18:01', '26T08:00', '26T08:01')).toEqual([
      'scale 1',
      'nothing',
      'scale 4',
      'nothing',
    ]);
  });

  test('respects who makes it larger meanwhile', () => {
    const world = seen(dimmed, adb);
    world.look(on('25T18:00'));
    world.target = { ...world.target, size: '8' };
    expect(world.looks('25T19:00', '26T08:00')).toEqual(['manual', 'nothing']);
  });

  test('leaves what always has that size', () => {
    const world = seen(dimmed, { ...adb, size: '1' });
    expect(world.looks('25T18:00', '26T08:00')).toEqual(['nothing', 'nothing']);
  });

  test('is refused where the size to give back was never seen', () => {
    const world = new World([dimmed], resource('db-1', { env: 'dev' }, { ...adb, size: '1' }));
    world.look(on('25T19:00'));
    const decision = world.look(on('26T08:00'));
    expect(decision.left).toBe('refused');
    expect(decision.because).toMatch(/say it where it is up, as in size 4$/);
  });

  test('leaves what is off altogether', () => {
    const world = seen(dimmed, { ...adb, state: 'STOPPED' });
    expect(world.look(on('25T18:00')).because).toMatch(/; it is already down$/);
  });

  test('and a keep gives it its size for a while', () => {
    const world = seen(dimmed, adb);
    world.look(on('25T18:00'));
    world.keep('up', '25T19:00', '25T21:00');
    expect(world.looks('25T19:00', '25T19:01', '25T21:00')).toEqual(['scale 4', 'kept', 'scale 1']);
  });
});

describe('a kind that is off by its size', () => {
  test('starts at the size that it had', () => {
    const world = seen(sized('daily 08:00-18:00 UTC'), pool);
    expect(world.looks('25T18:00', '25T18:01', '26T08:00', '26T08:01')).toEqual([
      'stop',
      'nothing',
      'start 3',
      'nothing',
    ]);
  });

  test('starts at the size that its window says', () => {
    const world = seen(sized('daily 08:00-18:00 size 5 UTC'), pool);
    expect(world.looks('25T18:00', '26T08:00', '26T08:01')).toEqual(['stop', 'start 5', 'nothing']);
  });

  test('starts at the size at which it was seen, though somebody else switched it off', () => {
    const world = seen(sized('daily 08:00-18:00 UTC'), pool);
    world.target = { ...world.target, size: '0' };
    expect(world.looks('25T18:00', '26T08:00')).toEqual(['nothing', 'start 3']);
  });

  test('is refused where it was never seen at any size', () => {
    const world = seen(sized('daily 08:00-18:00 UTC'), { ...pool, size: '0' });
    expect(world.looks('25T18:00', '26T08:00')).toEqual(['nothing', 'refused']);
  });
});

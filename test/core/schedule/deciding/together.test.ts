import { describe, expect, test } from 'vitest';
import type { Calendar } from '../../../../src/core/schedule/calendar.ts';
import { policy } from '../policies.ts';
import { timetable } from '../reading.ts';
import { on, World } from '../world.ts';
import { seen, shop, web } from './shop.ts';

const freeze: Calendar = {
  name: 'books',
  mode: 'freeze',
  days: new Map([['2026-11-26', 'the books are closed']]),
};

describe('several policies', () => {
  const late = policy('late', ['web-1'], { timetable: timetable('Mon-Fri 10:00-22:00 Europe/Amsterdam') });

  test('keep it up as long as one of them wants it, and the end of the other is no edge', () => {
    const world = seen([shop(), late]);
    world.flip('down');
    expect(world.looks('25T19:00', '25T20:59')).toEqual(['nothing', 'nothing']);
    world.flip('up');
    expect(world.looks('25T21:00', '26T06:30', '26T09:00', '26T19:00', '26T21:00')).toEqual([
      'stop',
      'start',
      'nothing',
      'nothing',
      'stop',
    ]);
  });

  test('spare what is new as long as the one that spares it longest', () => {
    const early = policy('early', ['web-1'], {
      timetable: timetable('Mon-Fri 08:00-20:00 Europe/Amsterdam'),
    });
    const world = new World([early, shop({ settleIn: 1_800_000 })], web());
    expect(world.looks('25T18:45', '25T19:00', '25T19:14', '25T19:15')).toEqual([
      'nothing',
      'new',
      'new',
      'stop',
    ]);
  });

  test('start it where one begins at the moment at which the pause of another ends', () => {
    const halves = timetable('daily 06:30-11:00 12:00-19:00 UTC');
    const noon = policy('noon', ['web-1'], { timetable: timetable('daily 10:00-15:00 UTC') });
    const world = seen([shop({ timetable: halves }), noon]);
    world.looks('25T19:00');
    world.pause('noon', '25T20:00', '26T12:00');
    world.looks('26T06:30');
    world.flip('down');
    expect(world.looks('26T08:00', '26T11:00', '26T12:00')).toEqual(['manual', 'paused', 'start']);
  });

  test('are both named', () => {
    const { because, policy: name } = seen([shop(), late]).look(on('25T20:00'));
    expect(name).toBe('late');
    expect(because).toMatch(/^late: .*; shop would have it down, which counts for less/);
  });

  test('are left alone while one of them is paused, unless the other wants it up', () => {
    const world = seen([shop(), late]);
    world.pause('late', '25T18:00', '25T23:30');
    expect(world.looks('25T19:00', '25T21:00', '25T23:30', '26T06:30')).toEqual([
      'paused',
      'paused',
      'stop',
      'start',
    ]);
  });

  test('leave what was done by hand, where one ends while the other, which goes on, is paused', () => {
    const world = seen([shop({ timetable: timetable('always, Sat closed UTC') }), late]);
    world.flip('down');
    world.pause('shop', '25T18:00', '26T02:00');
    expect(world.looks('25T21:00', '26T01:59', '26T02:00')).toEqual(['paused', 'paused', 'nothing']);
    expect(world.isUp()).toBe(false);
  });

  describe('one of which has one-sided times', () => {
    const evening = policy('evening', ['web-1'], { timetable: timetable('stop 19:00, start 06:30 UTC') });

    test('have it made up for, when a pause of the other is over', () => {
      const world = seen([shop(), evening]);
      world.pause('shop', '25T18:00', '25T22:00');
      expect(world.looks('25T19:00', '25T21:59', '25T22:00', '25T22:01')).toEqual([
        'paused',
        'paused',
        'stop',
        'nothing',
      ]);
    });

    test('respect what was done by hand after a pause that passed over nothing', () => {
      const world = seen([shop(), evening]);
      world.looks('25T19:00');
      world.pause('shop', '25T19:30', '25T22:00');
      world.flip('up');
      expect(world.looks('25T21:00', '25T22:00')).toEqual(['paused', 'manual']);
    });

    test('start it, though the other is paused, and however late it is looked at', () => {
      for (const looks of [['26T06:30', '26T06:31'], ['26T06:40']] as const) {
        const world = seen([shop(), evening]);
        world.looks('25T19:00');
        world.pause('shop', '26T05:00', '26T10:00');
        expect(world.looks('26T06:29', ...looks)[1]).toBe('start');
      }
    });

    test('try no start again that failed before all of them were paused, when one of the pauses is over', () => {
      const world = seen([shop(), policy('late', ['web-1'], { timetable: timetable('stop 19:00 UTC') })]);
      world.looks('25T19:00');
      world.pause('late', '26T00:00', '29T12:00');
      world.pause('shop', '26T10:00', '28T06:30');
      world.failing = true;
      expect(world.looks('26T06:30', '26T10:00', '28T06:30')).toEqual(['start', 'paused', 'paused']);
    });

    test('make up for what was missed before all was to be left as it is', () => {
      const world = seen([shop(), evening]);
      world.looks('25T19:00');
      expect(world.looks('26T18:50', '26T18:51')).toEqual(['start', 'nothing']);
      const away = seen([shop(), policy('late', ['web-1'], { timetable: timetable('stop 23:00 UTC') })]);
      away.looks('25T23:00');
      expect(away.looks('26T19:10', '26T23:00')).toEqual(['start', 'stop']);
    });

    test('make up for a start when one of several pauses is over, and not again at the end of the next', () => {
      const world = seen([shop(), evening]);
      world.looks('25T19:00');
      world.pause('shop', '26T05:00', '26T10:00');
      world.pause('evening', '26T04:00', '26T12:00');
      expect(world.looks('26T06:30', '26T10:00', '26T10:01')).toEqual(['paused', 'start', 'nothing']);
      world.flip('down');
      expect(world.looks('26T11:00', '26T12:00')).toEqual(['manual', 'manual']);
    });

    test('make nothing up for what was over before the pause was, where all is to be left since', () => {
      const world = seen([shop(), policy('late', ['web-1'], { timetable: timetable('stop 05:00 UTC') })]);
      world.looks('25T19:00');
      world.pause('shop', '26T04:00', '27T03:00');
      world.flip('down');
      expect(world.looks('26T19:30', '27T03:00', '27T03:01')).toEqual(['paused', 'nothing', 'nothing']);
    });

    test('leave it when a keep is over, where all came to be left as it is within a pause before', () => {
      const world = seen([shop(), policy('late', ['web-1'], { timetable: timetable('stop 23:00 UTC') })]);
      world.pause('shop', '25T18:00', '25T22:00');
      world.keep('down', '25T22:10', '25T22:20');
      expect(world.looks('25T22:00', '25T22:10', '25T22:20', '26T06:30')).toEqual([
        'nothing',
        'stop',
        'nothing',
        'start',
      ]);
    });

    test('go on trying what failed at the end of a keep, where all is to be left as it is since', () => {
      const world = seen([shop(), policy('late', ['web-1'], { timetable: timetable('stop 23:00 UTC') })]);
      world.keep('down', '25T13:00', '25T18:59');
      world.looks('25T13:00');
      world.failing = true;
      expect(world.looks('25T18:59', '25T19:00', '25T19:02', '25T23:00')).toEqual([
        'start',
        'start',
        'start',
        'nothing',
      ]);
    });

    test('leave it when a pause is over within which a keep has ended, after all came to be left', () => {
      const world = seen([shop(), policy('late', ['web-1'], { timetable: timetable('stop 23:30 UTC') })]);
      world.pause('late', '25T18:00', '25T22:00');
      world.keep('down', '25T20:00', '25T21:00');
      expect(world.looks('25T19:00', '25T20:00', '25T21:00', '25T22:00')).toEqual([
        'paused',
        'stop',
        'paused',
        'nothing',
      ]);
    });

    test('wait for the last of several pauses', () => {
      const world = seen([shop(), evening]);
      world.pause('shop', '25T18:00', '25T22:00');
      world.pause('evening', '25T21:00', '25T23:00');
      expect(world.looks('25T19:00', '25T22:00', '25T22:59', '25T23:00')).toEqual([
        'paused',
        'paused',
        'paused',
        'stop',
      ]);
    });
  });

  test('bow to one that protects, which says so', () => {
    const world = seen([
      shop(),
      policy('prod', ['web-1'], { timetable: timetable('always'), protects: true }),
    ]);
    expect(world.look(on('25T12:30')).left).toBeUndefined();
    expect(world.look(on('25T19:00'))).toMatchObject({
      policy: 'prod',
      left: 'protected',
      because: 'prod never lets it stop, and wins over shop',
    });
  });

  test('that protect are stronger than a word, and start what is down only where they are enforced', () => {
    const guard = policy('prod', ['web-1'], { timetable: timetable('always'), protects: true });
    const world = seen([guard]);
    world.keep('down', '25T13:00', '25T15:00');
    expect(world.looks('25T13:00')).toEqual(['protected']);
    world.flip('down');
    expect(world.looks('25T16:00')).toEqual(['nothing']);
    world.policies[0] = { ...guard, enforced: true };
    expect(world.looks('25T16:01')).toEqual(['start']);
  });
});

describe('a freeze', () => {
  test('of another that had all left counts from its end, for what came in between too', () => {
    const books = policy('books', ['web-1'], { timetable: timetable('daily 08:00-18:00 UTC', [freeze]) });
    const world = new World([books, shop()], web());
    expect(world.looks('26T20:00', '26T23:59', '27T00:00')).toEqual(['frozen', 'frozen', 'stop']);
  });

  test('in which a pause of another ends has nothing made up for', () => {
    const books = policy('books', ['web-1'], { timetable: timetable('Wed 22:00-06:00 UTC', [freeze]) });
    const world = seen([books, shop()]);
    world.looks('25T19:00');
    world.pause('books', '25T20:00', '26T02:00');
    expect(world.looks('25T22:00', '26T02:00', '26T06:30')).toEqual(['paused', 'frozen', 'start']);
  });
});

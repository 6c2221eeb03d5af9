import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Plan, planText, stepsOf } from '../src/core/plan.ts';
import { policiesOf } from '../src/core/schedule/meaning.ts';
import type { Keep, Policy } from '../src/core/schedule/model.ts';
import { readUntil } from '../src/core/schedule/until.ts';
import { parseSelector } from '../src/core/selector.ts';
import type { Target } from '../src/core/target.ts';
import { planKeep, type Wish } from '../src/keeping/planning.ts';
import { daily, policy } from './core/schedule/policies.ts';
import { type Stage, stage } from './oci/sandbox.ts';
import { noLights } from './support/no-lights.ts';

let on: Stage;
beforeAll(async () => {
  on = await stage();
});
beforeEach(() => on.oci.reset());
afterAll(() => on.close());

const minute = 60_000;
const deadlines = { start: minute, stop: minute, restart: minute, scale: minute };
/** A Wednesday, 18:40 in Amsterdam. */
const now = Date.parse('2026-11-25T17:40:00Z');
const dev = policy('dev', ['app=shop env=dev kind:vm'], {
  timetable: { ...daily, zone: 'Europe/Amsterdam' },
});

function plan(
  line: string,
  policies: readonly Policy[] = [dev],
  keeps: readonly Keep[] = [],
  reason: { readonly because?: string } = { because: 'the demo' },
): Promise<Plan> {
  const [, target = '', want = '', until] = /^(.*) (on|off|end)(?: (.*))?$/.exec(line) ?? [];
  const wish: Wish = {
    target: parseSelector(target.split(' ')),
    want: want as Wish['want'],
    until: until === undefined ? undefined : readUntil(until.split(' ')),
    because: reason.because,
  };
  const lights = {
    ...noLights,
    policies,
    about: (target: Target) => policiesOf(policies, target),
    keeps: async () => keeps,
  };
  const actor = { kind: 'slack', user: 'U0ANA', team: 'T0', groups: [], zone: 'Asia/Tokyo' } as const;
  return planKeep({ cloud: on.cloud.reader, lights, actor, now, deadlines }, wish);
}

const verbs = (made: Plan) =>
  made.waves.map((wave) => wave.map(({ verb, target }) => `${verb} ${target.name}`));

describe('keep', () => {
  test('writes the word down and then starts what is down', async () => {
    await on.edit(await on.one('web-2'), { state: 'STOPPED' });
    const made = await plan('policy:dev on until 22:00');
    expect(made).toMatchObject({
      title: 'Keep 2 compute instances on until Wed 25 Nov 22:00 Europe/Amsterdam',
      impact: 'start',
      line: 'keep policy:dev on until 2026-11-25T21:00Z because the demo',
      unchanged: [],
    });
    expect(verbs(made)).toEqual([['keep.on web-1', 'keep.on web-2'], ['instance.start web-2']]);
    expect(stepsOf(made)[0]?.with).toMatchObject({
      until: Date.parse('2026-11-25T21:00Z'),
      because: 'the demo',
    });
    expect(made.consequences[0]).toBe('Because: the demo');
    expect(planText(made)).toBe(planText(await plan('policy:dev on until 22:00')));
  });

  test('off stops what is up, and what else is said narrows a policy', async () => {
    const made = await plan('policy:dev web-1 off for 2h');
    expect(verbs(made)).toEqual([['keep.off web-1'], ['instance.stop web-1']]);
    expect(made).toMatchObject({ impact: 'stop', title: expect.stringContaining('Keep web-1 off until') });
  });

  test('is by the clocks of who asks where no policy says, and says that nothing would have happened', async () => {
    const made = await plan('web-1 on until 22:00', []);
    expect(made.title).toBe('Keep web-1 on until Thu 26 Nov 22:00 Asia/Tokyo');
    expect(made.consequences.at(-1)).toMatch(/No policy is about web-1/);
  });

  test('is not of what a pool or a scheduler runs', async () => {
    await expect(plan('inst-*-etl-workers on for 2h')).rejects.toThrow(
      /instance pool .* decides when it runs/,
    );
  });

  test('leaves out what is going for ever, and keeps what cannot start yet', async () => {
    await on.edit(await on.one('web-1'), { state: 'TERMINATING' });
    await on.edit(await on.one('web-2'), { state: 'STOPPING' });
    const made = await plan('policy:dev on for 2h');
    expect(verbs(made)).toEqual([['keep.on web-2']]);
    expect(made.unchanged).toMatchObject([{ target: { name: 'web-1' }, because: 'it is TERMINATING' }]);
    expect(made.consequences.join(' ')).toContain('web-2 is kept, but not started now: it is STOPPING');
  });

  const keepOnWeb = async (change: Partial<Keep> = {}): Promise<Keep> => {
    const { ocid } = await on.one('web-1');
    return { id: 'keep-7', ocid, want: 'up', until: now + minute, at: now, by: 'U0BEN', ...change };
  };

  test('says whose place it takes, but not where the same was said before', async () => {
    const keep = await keepOnWeb({ because: 'tests' });
    const replaced =
      'Takes the place of keep-7: web-1 was to be kept on until Wed 25 Nov 18:41 Europe/Amsterdam – “tests”.';
    expect((await plan('web-1 off for 2h', [dev], [keep])).consequences).toContain(replaced);
    const again = await plan('web-1 on for 1m', [dev], [keep], {});
    expect(again.consequences).not.toContain(replaced);
    expect(again.unchanged).toMatchObject([{ because: 'it is kept on until then already' }]);
  });

  test('ends for those that are kept, and for no others', async () => {
    const made = await plan('policy:dev end', [dev], [await keepOnWeb()]);
    expect(verbs(made)).toEqual([['keep.end web-1']]);
    expect(made.unchanged).toMatchObject([{ target: { name: 'web-2' }, because: 'nobody keeps it' }]);
  });
});

describe('keep refuses', () => {
  test.each([
    ['a keep without an end', 'policy:dev on', [dev], /Until when\?/],
    ['what is past', 'policy:dev on until today 07:00', [dev], /past already/],
    [
      'what is longer than the policy allows',
      'web-1 on for 13h',
      [dev],
      /policy dev lets web-1 be kept for 12 h at most/,
    ],
    [
      'what is longer than the strictest of two allows',
      'web-1 on for 2h',
      [dev, policy('strict', ['web-*'], { longestKeep: 3_600_000 })],
      /policy strict lets web-1 be kept for 1 h/,
    ],
    [
      'to switch off what never stops',
      'web-1 off for 1h',
      [policy('data', ['web-1'], { protects: true })],
      /policy data \(lamplighter.yml:4\) says that web-1 never stops/,
    ],
    ['for longer than a quarter what no policy is about', 'web-1 on for 99d', [], /holds for 92 d at most/],
    ['an end with a moment', 'policy:dev end until 22:00', [dev], /ends at once/],
    ['a policy that nobody wrote', 'policy:def on for 1h', [dev], /no policy def/],
    ['what matches nothing of the policy', 'policy:dev nightly on for 1h', [dev], /Nothing matches/],
  ] as const)('%s', async (_, line, policies, why) => {
    await expect(plan(line, policies)).rejects.toThrow(why);
  });

  test('and names the longest moment that is allowed', async () => {
    await expect(plan('web-1 on for 13h')).rejects.toMatchObject({
      hint: expect.stringContaining('Until Thu 26 Nov 06:40 Europe/Amsterdam'),
    });
  });
});

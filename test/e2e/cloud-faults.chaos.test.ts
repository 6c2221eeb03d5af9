import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { plain } from '../support/plain.ts';
import type { Fields, Seen } from '../support/seen.ts';
import { bootWorld, type World } from '../support/world.ts';
import { acts, ask, ends, members, operationOf, pairs, states, taken, tell } from './scene.ts';

/**
 * What OCI may say or leave unsaid, in each phase of an operation: while it is planned, when its targets
 * are read again, when it acts, and while it is watched. Each ends in the right words with the
 * opc-request-id, and nothing is done twice.
 */

/** How a call may go wrong. */
const faults = {
  401: { status: 401 },
  403: { status: 403 },
  404: { status: 404 },
  409: { status: 409 },
  412: { status: 412 },
  429: { status: 429 },
  500: { status: 500 },
  '500 after': { status: 500, when: 'after' },
  slow: { latency: { ms: 300 }, count: 1 },
  'slow after': { latency: { ms: 300 }, when: 'after', count: 1 },
  'drop before': { drop: 'before' },
  'drop after': { drop: 'after' },
} as const satisfies Record<string, Fields>;

type Fault = `${keyof typeof faults}`;
const each = (...names: Fault[]) => names.map((name) => [name] as const);
const slug = (phase: string, name: Fault) => `${phase}-${name.replace(' ', '-')}`;
const phases = ['read', 'act', 'watch'].flatMap((phase) =>
  (Object.keys(faults) as Fault[]).map((name) => slug(phase, name)),
);

const kinds = ['start', 'stop', 'restart'];
const more = {
  containerInstances: kinds.flatMap((act) =>
    ['before', 'after'].map((when) => ({
      name: `box-${act}-${when}-1`,
      region: 'eu-frankfurt-1',
      compartment: 'lab',
      ...(act === 'start' ? { state: 'INACTIVE' } : {}),
      tags: { app: `box-${act}-${when}`, env: 'dev' },
      containers: [{ name: 'server', image: 'registry.example.com/server:1' }],
    })),
  ),
  autonomousDatabases: kinds.flatMap((act) =>
    ['before', 'after'].map((when) => ({
      name: `base-${act}-${when}-1`,
      dbName: `${act}${when}`.toUpperCase(),
      region: 'eu-frankfurt-1',
      compartment: 'lab',
      ...(act === 'start' ? { state: 'STOPPED' } : {}),
      tags: { app: `base-${act}-${when}`, env: 'dev' },
    })),
  ),
};

let world: World;
beforeAll(async () => {
  world = await bootWorld({
    // by itself it would take faults that are meant for a line
    config: plain,
    seed: pairs(['plan', 'cut', 'blind', 'never', 'away', 'hold', ...phases], more),
  });
});
afterAll(() => world?.stop());
afterEach(async () => {
  await world.call('DELETE', '/control/oci/faults');
  // many that are looked at in one compartment within half a minute are listed: here each is to be read by itself
  await world.clock.advance('1m');
});

const approve = (card: Seen) => world.as('ben').clicks('Approve', { in: 'ops', ts: card.ts });
const requestId = /opc-request-id [\w/-]{8,}/;

describe('while it is planned', () => {
  test.each(each('401', '403', '404', '409', '412'))(
    '%s of the search: refused in OCI’s words, no card',
    async (name) => {
      await world.oci.faults({ operation: 'ResourceSearch.*', ...faults[name] });
      const told = await tell(world, 'stop app=plan');
      expect(told.shown).toMatch(/I cannot see what is in eu-frankfurt-1|OCI did not let me/);
      expect(told.shown).toContain(name);
      expect(told.shown).toMatch(requestId);
    },
  );

  test.each(each('429', '500', 'slow', 'slow after', 'drop before', 'drop after'))(
    '%s passes: the card comes',
    async (name) => {
      await world.oci.faults({ operation: 'ResourceSearch.*', ...faults[name] });
      const told = await tell(world, 'stop app=plan --dry-run');
      expect(told.shown).toMatch(/Dry run: stop 2 compute instances/);
    },
  );

  test('a region that stays away is named, and nothing is planned on half of the picture', async () => {
    await world.oci.faults({ region: 'eu-frankfurt-1', away: true });
    const told = await tell(world, 'stop app=away');
    expect(told.shown).toMatch(
      /I cannot see what is in eu-frankfurt-1[\s\S]*so I cannot plan this safely|OCI did not let me/,
    );
  });
});

describe('when its targets are read again', () => {
  const readAgain = async (name: Fault) => {
    const app = slug('read', name);
    const card = await ask(world, `stop app=${app}`);
    await world.oci.faults({ operation: 'Compute.GetInstance', resource: `${app}-1`, ...faults[name] });
    await approve(card);
    return { app, end: await ends(world, card) };
  };

  test.each(each('401', '403', '409', '412'))('%s: it fails, and nothing was changed', async (name) => {
    const { app, end } = await readAgain(name);
    expect(end.text).toMatch(/– failed, 0 of 2 done/);
    expect(end.shown).toMatch(new RegExp(`${app}-1 could not be read again: .*\\(${name} `));
    expect(end.shown).toMatch(requestId);
    expect(end.shown).toMatch(/Nothing was changed/);
    expect(await acts(world, app)).toEqual([]);
  });

  test('404: void, since it is gone or may no longer be seen', async () => {
    const { app, end } = await readAgain('404');
    expect(end.text).toMatch(/– void/);
    expect(end.shown).toMatch(new RegExp(`${app}-1 is gone, or I can no longer see it`));
    expect(await acts(world, app)).toEqual([]);
  });

  test.each(each('429', '500', 'slow', 'slow after', 'drop before', 'drop after'))(
    '%s passes: it runs, once',
    async (name) => {
      const { app, end } = await readAgain(name);
      expect(end.text).toMatch(/ done in /);
      expect(await taken(world, app)).toHaveLength(2);
    },
  );
});

describe('when it acts', () => {
  const act = async (name: Fault) => {
    const app = slug('act', name);
    const card = await ask(world, `stop app=${app}`);
    await world.oci.faults({ operation: 'Compute.InstanceAction', resource: `${app}-1`, ...faults[name] });
    await approve(card);
    const end = await ends(world, card);
    const first = (await members(world, app)).find(({ name }) => name === `${app}-1`);
    const sent = (await acts(world, app)).filter(({ resource }) => resource === first?.ocid);
    return { app, end, first, sent };
  };

  test.each(each('401', '403', '404', '412'))('%s: that step failed, the other one is done', async (name) => {
    const { app, end, first, sent } = await act(name);
    expect(end.text).toMatch(/– failed, 1 of 2 done/);
    if (name !== '412') expect(end.shown).toMatch(new RegExp(`\\(${name} \\w+, opc-request-id [\\w/-]+\\)`));
    else expect(end.shown).toMatch(/changed since it was approved/);
    expect(first?.state).toBe('RUNNING');
    expect(sent).toHaveLength(1);
    expect((await states(world, app)).toSorted()).toEqual(['RUNNING', 'STOPPED']);
  });

  test.each(each('409', '429', '500', 'slow', 'drop before'))(
    '%s before the effect: sent again, done once',
    async (name) => {
      const { app, end, sent } = await act(name);
      expect(end.text).toMatch(/ done in /);
      expect(await states(world, app)).toEqual(['STOPPED', 'STOPPED']);
      expect(await taken(world, app)).toHaveLength(2);
      expect(new Set(sent.map(({ retryToken }) => retryToken)).size).toBe(1);
    },
  );

  test.each(each('500 after', 'slow after', 'drop after'))(
    '%s it took effect: seen to be done, and done once',
    async (name) => {
      const { app, end, sent } = await act(name);
      expect(end.text).toMatch(/ done in /);
      expect(await states(world, app)).toEqual(['STOPPED', 'STOPPED']);
      // had it been sent again it would be a repeat of the first under its token, never a second act
      for (const again of sent.slice(1)) expect(again.repeated).toBe(true);
    },
  );
});

describe('a call without a retry token whose connection is cut', () => {
  const cases = ['box', 'base'].flatMap((kind) =>
    kinds.flatMap((verb) => ['before', 'after'].map((when) => [kind, verb, when] as const)),
  );
  test.each(cases)('%s %s, %s its effect: done, and OCI took it once', async (kind, verb, when) => {
    const app = `${kind}-${verb}-${when}`;
    const card = await ask(world, `${verb} app=${app}`);
    const operation = kind === 'box' ? `ContainerInstance.${capital(verb)}*` : `Database.${capital(verb)}*`;
    await world.oci.faults({ operation, resource: `${app}-1`, drop: when });
    await approve(card);
    const end = await ends(world, card);
    expect(end.text).toMatch(/ done in /);
    const sent = await acts(world, app);
    expect(sent.filter(({ status }) => status === 0)).toHaveLength(1);
    expect(sent.filter(({ status }) => status !== 0)).toHaveLength(when === 'before' ? 1 : 0);
  });
});

describe('while it is watched', () => {
  /** The actions are taken and slow to end; then looking goes wrong. */
  const watch = async (name: Fault, fault: Fields = faults[name]) => {
    const app = slug('watch', name);
    const card = await ask(world, `stop app=${app}`);
    await approve(card);
    await world.until(async () => (await taken(world, app)).length === 2, 'both actions');
    await world.oci.faults({ operation: 'Compute.GetInstance', resource: `${app}-1`, ...fault });
    return { app, end: await ends(world, card) };
  };

  test.each(each('401', '403', '409', '412'))(
    '%s: unresolved, since it was sent and cannot be seen',
    async (name) => {
      const { app, end } = await watch(name);
      expect(end.text).toMatch(/– unresolved: somebody has to look, 1 of 2 known to be done/);
      expect(end.shown).toMatch(
        new RegExp(`It was sent, but what came of it cannot be seen: .*\\(${name} \\w+, opc-request-id`),
      );
      expect(await taken(world, app)).toHaveLength(2);
    },
  );

  test('404: failed, since it is gone or may no longer be seen', async () => {
    const { app, end } = await watch('404');
    expect(end.text).toMatch(/– failed, 1 of 2 done/);
    expect(end.shown).toMatch(/it is gone, or I may no longer see it/);
    expect(await taken(world, app)).toHaveLength(2);
  });

  test.each(each('429', '500', 'slow', 'slow after', 'drop before', 'drop after'))(
    '%s passes: done',
    async (name) => {
      const { app, end } = await watch(name);
      expect(end.text).toMatch(/ done in /);
      expect(await taken(world, app)).toHaveLength(2);
    },
  );
});

describe('what does not pass', () => {
  test('an outage that outlasts the deadline: unresolved, in the history with its request ids', async () => {
    const card = await ask(world, 'stop app=blind');
    await approve(card);
    await world.until(async () => (await taken(world, 'blind')).length === 2, 'both actions');
    await world.oci.faults({ operation: 'Compute.GetInstance', resource: 'blind-1', status: 500, for: '5h' });
    const end = await ends(world, card, '10m');
    expect(end.text).toMatch(/– unresolved/);
    expect(end.shown).toMatch(/cannot be seen: [\s\S]*\(500 InternalServerError, opc-request-id/);
    const history = await tell(world, `history ${operationOf(card)}`);
    expect(history.shown).toMatch(/unresolved/);
  });

  test('what stays in between until its time is over has failed, and says where it is', async () => {
    const card = await ask(world, 'stop app=never');
    const action = { operation: 'Compute.InstanceAction', resource: 'never-1' };
    await world.oci.faults({ ...action, stuck: true, for: '5h' });
    await approve(card);
    const end = await ends(world, card, '5m');
    expect(end.text).toMatch(/– failed, 1 of 2 done/);
    expect(end.shown).toMatch(/Stop has not finished after [\s\S]*still STOPPING/);
    // never-1 was asked to shut down, and then had its power cut, in vain
    expect(await taken(world, 'never')).toHaveLength(3);
  });

  test('the credentials are refused: said so, and doctor says which', async () => {
    await world.oci.faults({ operation: '*', status: 401, for: '10m' });
    const told = await tell(world, 'list app=cut');
    expect(told.shown).toMatch(/401|credentials/);
    const doctor = await tell(world, 'doctor');
    expect(doctor.shown).toMatch(/401/);
  });
});

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

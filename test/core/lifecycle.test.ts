import { models as containers } from 'oci-containerinstances';
import { models as core } from 'oci-core';
import { models as database } from 'oci-database';
import { describe, expect, test } from 'vitest';
import { type Act, consequence, lifecycles, planAct } from '../../src/core/lifecycle.ts';
import { type Kind, kinds, type Target } from '../../src/core/target.ts';

const acts: readonly Act[] = ['start', 'stop', 'restart'];
const every = Object.keys(kinds) as Kind[];

/** Every state that the SDK knows, so that a new version of it brings its new states here. */
const states: Readonly<Record<Kind, readonly string[]>> = {
  instance: Object.values(core.Instance.LifecycleState),
  'container-instance': Object.values(containers.ContainerInstance.LifecycleState),
  'autonomous-database': Object.values(database.AutonomousDatabase.LifecycleState),
};

const inState = (kind: Kind, state: string): Target => ({
  kind,
  state,
  ocid: 'ocid1',
  name: 'web-1',
  region: 'eu-frankfurt-1',
  compartment: { ocid: 'ocid2', path: 'shop/dev' },
  tags: {},
});

describe.each(every)('%s', (kind) => {
  test('has a decision for every state of the SDK', () => {
    const { up, down, rising, falling, restarting, ending, gone, blocked } = lifecycles[kind];
    const known = [up, down, rising, falling, restarting, ending, gone, Object.keys(blocked)].flat();
    expect([...known].sort()).toEqual(states[kind].filter((state) => state !== 'UNKNOWN_VALUE').sort());
    expect(new Set(known).size).toBe(known.length);
  });

  test('is acted on only from a state at rest', () => {
    const doing = acts.map((act) =>
      states[kind].filter((state) => 'do' in planAct(act, inState(kind, state))),
    );
    const { up, down } = lifecycles[kind];
    expect(doing).toEqual([down, up, up]);
  });

  test('has a verb and a consequence for each act', () => {
    for (const act of acts) {
      const { up, down } = lifecycles[kind];
      const from = (act === 'start' ? down : up)[0] as string;
      expect(planAct(act, inState(kind, from))).toEqual({ do: `${kind}.${act}` });
      expect(consequence(act, kind)).toMatch(/^[A-Z][^.]*\.$/);
    }
  });

  test('says so when it does not know the state', () => {
    for (const act of acts)
      expect(planAct(act, inState(kind, 'MELTING'))).toEqual({
        refuse: 'it is MELTING, and I do not know what may be done then',
      });
  });
});

test.each([
  ['stop', 'instance', 'STOPPED', { unchanged: 'already stopped' }],
  ['stop', 'instance', 'STOPPING', { unchanged: 'already stopping' }],
  ['start', 'instance', 'STARTING', { unchanged: 'already starting' }],
  ['start', 'autonomous-database', 'AVAILABLE', { unchanged: 'already up' }],
  ['restart', 'autonomous-database', 'RESTARTING', { unchanged: 'already restarting' }],
  ['restart', 'instance', 'STOPPED', { refuse: 'it is STOPPED; start it instead' }],
  ['start', 'instance', 'STOPPING', { refuse: 'it is STOPPING; wait until that is over' }],
  ['stop', 'instance', 'TERMINATING', { refuse: 'it is TERMINATING' }],
  ['stop', 'container-instance', 'UPDATING', { refuse: 'it is UPDATING; wait until that is over' }],
  ['start', 'container-instance', 'FAILED', { refuse: 'it is FAILED; it has to be created anew' }],
  ['stop', 'autonomous-database', 'STANDBY', { refuse: 'it is STANDBY; act on its primary instead' }],
] as const)('%s of an %s that is %s', (act, kind, state, decision) => {
  expect(planAct(act, inState(kind, state))).toEqual(decision);
});

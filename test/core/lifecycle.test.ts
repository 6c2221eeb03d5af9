import { describe, expect, test } from 'vitest';
import { factsOf } from '../../src/core/kinds/all.ts';
import { type Act, consequence, lifecycleOf, planAct } from '../../src/core/lifecycle.ts';
import { type Kind, kinds, type Target } from '../../src/core/target.ts';

const every = Object.keys(kinds) as Kind[];
const actsOf = (kind: Kind) => Object.keys(factsOf(kind).acts) as Act[];

/** Every state that has a place; that all of the SDK have one is for test/oci/contract/ to see. */
const statesOf = (kind: Kind) => {
  const { blocked, ...lists } = lifecycleOf(kind);
  return [...Object.values(lists).flat(), ...Object.keys(blocked)];
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
  test('is acted on only from a state at rest', () => {
    const { up, down } = lifecycleOf(kind);
    for (const act of actsOf(kind)) {
      const doing = statesOf(kind).filter((state) => 'do' in planAct(act, inState(kind, state)));
      expect(doing).toEqual(act === 'start' ? down : up);
    }
  });

  test('has a verb and a consequence for each act', () => {
    for (const act of actsOf(kind)) {
      const { up, down } = lifecycleOf(kind);
      for (const from of act === 'start' ? down : up)
        expect(planAct(act, inState(kind, from))).toEqual({ do: `${kind}.${act}` });
      expect(consequence(act, kind)).toMatch(/^[A-Z][^.]*\.$/);
    }
  });

  test('says so when it does not know the state', () => {
    for (const act of actsOf(kind))
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

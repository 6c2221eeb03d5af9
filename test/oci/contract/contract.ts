import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CloudError } from '../../../src/core/fault.ts';
import { factsOf, type Kind } from '../../../src/core/kinds/all.ts';
import { type Act, conditionOf, planAct } from '../../../src/core/lifecycle.ts';
import type { Target } from '../../../src/core/target.ts';
import type { Observation, Receipt, Verb } from '../../../src/core/verb.ts';
import { acting, stepOf } from '../sandbox.ts';
import { type Bench, bench, patient } from './bench.ts';

/** What the suite has to know of a kind that the kind's own facts do not say. */
export interface Contract {
  readonly kind: Kind;
  /**
   * Lines of a seed, from the list's name on: all in eu-frankfurt-1 and shop/dev, among them `up`
   * and no fewer than four of the kind, so that both reading and listing are met.
   */
  readonly seed: string;
  /** The name of one that is up; no word for a kind. */
  readonly up: string;
  /** Every lifecycle state of the SDK's enum, so that a new version of it brings its new states here. */
  readonly states: readonly string[];
  /** The call that each act makes, as the sandbox's coverage table names it. */
  readonly calls: Readonly<Partial<Record<Act, string>>>;
  /** The call that reads one. */
  readonly reads: string;
  /** What the one that is up has, and a size to change it to. */
  readonly size?: { readonly is: string; readonly to: string };
  readonly meter?: Readonly<Record<string, number>>;
  /** False where the service's calls take no if-match. */
  readonly matchesEtags?: false;
}

/** Longer than any change takes in the sandbox. */
const aWhile = 10 * 60_000;

/** What every adapter keeps, whatever its service: met by the real SDK over the sandbox's wire. */
export function adapterContract(contract: Contract): void {
  const { kind, up, states, calls, reads, size } = contract;
  const facts = factsOf(kind);
  const acts = Object.keys(facts.acts) as Act[];
  let on: Bench;
  beforeAll(async () => {
    on = await bench(contract.seed);
  });
  beforeEach(() => on.oci.reset());
  afterAll(() => on.close());

  const theOne = () => on.one(`kind:${kind} ${up}`);
  const operationOf = (act: Act) => {
    const operation = calls[act];
    if (!operation) throw new Error(`the contract of ${kind} does not say what ${act} calls`);
    return operation;
  };
  /** A scale carries its size; so does a start where switching on is scaling. */
  const stepTo = (act: Act, target: Target) => {
    const wanted =
      act === 'scale' ? size?.to : act === 'start' && facts.size?.off !== undefined ? size?.is : undefined;
    return patient(stepOf(`${kind}.${act}`, target, wanted === undefined ? undefined : { size: wanted }));
  };
  const ended = { start: 'up', stop: 'down', restart: 'up', scale: 'up' } as const;

  /** The one, standing where the act can be done. */
  async function standing(act: Act): Promise<Target> {
    const target = await theOne();
    if (act !== 'start') return target;
    expect((await on.run(stepTo('stop', target))).status).toBe('succeeded');
    return theOne();
  }

  describe(`${kind}: found`, () => {
    test('by search, by list and by itself, and alike', async () => {
      const target = await theOne();
      const { region, compartment, ocid } = target;
      const listed = await on.adapters[kind].list(region, compartment.ocid);
      expect(listed.length).toBeGreaterThanOrEqual(4);
      const { etag, facts: _facts, compartmentId, ...read } = await on.adapters[kind].get(region, ocid);
      const {
        etag: _etag,
        compartmentId: _there,
        ...inList
      } = listed.find((each) => each.ocid === ocid) ?? {};
      expect(inList).toEqual(read);
      expect(compartmentId).toBe(compartment.ocid);
      expect(etag !== undefined).toBe(contract.matchesEtags !== false);
      expect(target).toEqual({ ...read, compartment });
      const all = await on.find(`kind:${kind}`);
      expect(all.find((each) => each.ocid === ocid)).toEqual(target);
      expect(await on.one(ocid)).toEqual(target);
    });

    test('with its size and what it is billed for', async () => {
      const target = await theOne();
      expect(target.size).toBe(size?.is);
      expect(target.meter).toEqual(contract.meter);
      expect(size === undefined).toBe(facts.size === undefined);
      for (const text of size ? [size.is, size.to] : []) expect(facts.size?.read(text)).toBe(text);
    });

    test('and described', async () => {
      const details = await on.cloud.reader.inspect(await theOne());
      expect(details.length).toBeGreaterThan(0);
    });

    test('no more when it is gone', async () => {
      const target = await theOne();
      await on.edit(target, { state: facts.lifecycle.gone[0] });
      expect(await on.find(`kind:${kind} ${up}`)).toEqual([]);
    });
  });

  describe(`${kind}: states`, () => {
    test('every one of the SDK has its place', () => {
      const { up, down, rising, falling, restarting, ending, gone, blocked } = facts.lifecycle;
      const known = [up, down, rising, falling, restarting, ending, gone, Object.keys(blocked)].flat();
      const wanted = states.filter((state) => state !== 'UNKNOWN_VALUE');
      expect([...known].sort()).toEqual([...wanted].sort());
      expect(new Set(known).size).toBe(known.length);
    });

    test('that are not at rest refuse every act, with the reason', async () => {
      const target = await theOne();
      const { ending, gone, blocked } = facts.lifecycle;
      for (const state of [...ending, ...gone, ...Object.keys(blocked)])
        for (const act of acts)
          expect(planAct(act, { ...target, state }, size?.to)).toEqual({
            refuse: expect.stringContaining(`it is ${state}`),
          });
    });
  });

  describe.each(acts)(`${kind}: %s`, (act) => {
    const verbName = `${kind}.${act}`;

    test('is planned, acts, runs, and is done only when the service says so', async () => {
      const target = await standing(act);
      expect(planAct(act, target, size?.to)).toEqual({ do: verbName });
      const { verb, observe, send } = await byHand(act, target);
      expect(verb.permission).toMatch(/^[A-Z_]+$/);
      expect(verb.label).toMatch(/^[A-Z]/);
      expect((await observe()).state).toBe('absent');
      const receipt = await send();
      expect(receipt.requestId).toBeTruthy();
      expect((await observe(receipt)).state).toBe('running');
      on.clock.advance(aWhile);
      expect((await observe(receipt)).state).toBe('done');
      const now = await theOne();
      expect(conditionOf(now)).toBe(ended[act]);
      if (act === 'scale') expect(now.size).toBe(size?.to);
      if (act === 'scale' || act === 'start' || act === 'stop')
        expect(planAct(act, now, size?.to)).toHaveProperty('unchanged');
    });

    test('comes to its end through the engine', async () => {
      const target = await standing(act);
      expect(await on.run(stepTo(act, target))).toMatchObject({
        status: 'succeeded',
        step: { state: 'done' },
      });
      expect(conditionOf(await theOne())).toBe(ended[act]);
    });

    test.each(['before', 'after'] as const)(
      'acts once when its reply is lost %s OCI took it',
      async (drop) => {
        const target = await standing(act);
        const already = await on.effects(operationOf(act));
        await on.fault({ operation: operationOf(act), drop });
        expect(await on.run(stepTo(act, target))).toMatchObject({ status: 'succeeded' });
        expect((await on.effects(operationOf(act))) - already).toBe(1);
        expect(conditionOf(await theOne())).toBe(ended[act]);
      },
    );

    test('fails with what its service says', async () => {
      const target = await standing(act);
      await on.fault({ operation: operationOf(act), status: 400, message: 'Quota exceeded for this.' });
      const { status, because } = await on.run(stepTo(act, target));
      expect(status).toBe('failed');
      expect(because).toContain('Quota exceeded for this.');
    });

    test('fails with a sentence when the resource goes meanwhile', async () => {
      const target = await standing(act);
      const { observe, send } = await byHand(act, target);
      const receipt = await send();
      const { gone } = facts.lifecycle;
      await on.edit(target, { state: gone[0] });
      expect(await observe(receipt)).toEqual({
        state: 'failed',
        because: `it is ${gone[0]}: somebody ended it meanwhile`,
      });
      await on.fault({ operation: reads, status: 404 });
      expect(await observe(receipt)).toEqual({
        state: 'failed',
        because: 'it is gone, or I may no longer see it',
      });
    });

    if (contract.matchesEtags === false) return;
    test('is refused when its etag is old', async () => {
      const target = await standing(act);
      const { send } = await byHand(act, target);
      await on.edit(target, { freeformTags: { note: 'changed' } });
      expect(await send().catch((error: CloudError) => error)).toMatchObject({ status: 412 });
      expect(conditionOf(await theOne())).toBe(conditionOf(target));
    });
  });

  if (acts.includes('start') && size !== undefined)
    test(`${kind}: comes back in the size that it had`, async () => {
      const target = await theOne();
      await on.run(stepTo('stop', target));
      await on.run(stepTo('start', await theOne()));
      expect((await theOne()).size).toBe(size.is);
    });

  // at the end, since whoever was throttled goes slowly from then on, and a clock that stands still makes it wait
  describe.each(acts)(`${kind}: %s, under a throttle`, (act) => {
    test('waits while it is busy, and passes a throttle', async () => {
      const target = await standing(act);
      const already = await on.effects(operationOf(act));
      await on.fault({ operation: operationOf(act), status: 409, code: 'IncorrectState', count: 2 });
      await on.fault({ operation: operationOf(act), status: 429, count: 2 });
      await on.fault({ operation: reads, status: 429, count: 3 });
      expect(await on.run(stepTo(act, target))).toMatchObject({ status: 'succeeded' });
      expect((await on.effects(operationOf(act))) - already).toBe(1);
    });
  });

  /** The act step by step, without the engine. */
  async function byHand(act: Act, target: Target) {
    const fresh = await on.fresh(target);
    const verb = on.cloud.verbs[`${kind}.${act}`];
    if (!verb) throw new Error(`there is no verb ${kind}.${act}`);
    const step = stepTo(act, target);
    return {
      verb: verb satisfies Verb,
      send: (): Promise<Receipt> => verb.act(step, acting(fresh.etag, `op-1/${act}`)),
      observe: (receipt?: Receipt): Promise<Observation> =>
        verb.observe(step, receipt, { before: fresh, elapsed: 0, signal: new AbortController().signal }),
    };
  }
}

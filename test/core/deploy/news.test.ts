import { describe, expect, test } from 'vitest';
import { lastOf, type News, newsOf } from '../../../src/core/deploy/news.ts';
import { suspectsOf } from '../../../src/core/deploy/suspects.ts';
import type { Operation } from '../../../src/core/operation.ts';
import { stepsOf } from '../../../src/core/plan.ts';
import { plainText } from '../../../src/core/report.ts';
import { deploy, deployed, deployOperations, upTo } from '../../support/deploys.ts';
import { operation as stopped } from '../../support/operations.ts';

/** What is told of a deploy beside its own message. */

const own = { kind: 'channel', channel: 'C0OPS000000' } as const;
const home = 'C0STORE0000';
const told = (operation: Operation, news: News, where: Partial<Parameters<typeof newsOf>[2]> = {}) =>
  newsOf(operation, news, { channel: home, own, ...where });
const position = (name: string) => stepsOf(deploy).findIndex((step) => step.name.startsWith(name));
const { asking, undoing, undone, running, done } = deployOperations;

describe('in the thread of its message', () => {
  test('a question mentions the people of the gate', () => {
    const [letter, ...more] = told(asking, { type: 'asks', position: position('deploy.hold 1 %') });
    expect(more).toEqual([]);
    expect(letter).toMatchObject({ to: { kind: 'thread', of: 'op-81' }, report: { tone: 'waiting' } });
    expect(letter?.report.title).toEqual([
      { group: 'S0LEADS0000' },
      ' or ',
      { user: 'U0BENOKAFOR' },
      ': store – Gate look: shall it go on? It cannot be told whether it is well (errors: no data).',
    ]);
  });

  test('where no gate names anybody those are asked who approve it, and else whoever began it', () => {
    const steps = asking.steps.map((each) => ({ ...each, step: { ...each.step, with: {} } }));
    const news = { type: 'asks', position: position('deploy.hold 1 %') } as const;
    const [approved] = told({ ...asking, steps }, news);
    expect(approved?.report.title).toContainEqual({ group: 'S0ONCALL000' });
    const { approval: _, ...unasked } = asking;
    const [alone] = told({ ...unasked, steps }, news);
    expect(alone?.report.title).toContainEqual({ user: 'U0ANAPETROV' });
  });

  test('what fails is told with OCI’s words, its request id and the last of the logs, each once', () => {
    const [bare] = told(undoing, { type: 'back' });
    expect(plainText(bare?.report.title ?? '')).toBe(
      'Taking it back: add store-v3-1 to api of store-lb: Too many backends.',
    );
    expect(bare?.report.blocks).toEqual([
      { type: 'note', text: '400 LimitExceeded, opc-request-id 4F3A9C/1/2' },
    ]);
    const [again] = told(undoing, { type: 'back', logs: [{ of: 'store-v3-1 store', text: 'one\ntwo\n' }] });
    // the same message, with more in it
    expect(again?.key).toBe(bare?.key);
    expect(again?.report.blocks.at(-1)).toEqual({
      type: 'code',
      name: 'store-v3-1 store.log',
      text: 'one\ntwo',
    });
  });

  test('what is too long for a headline stands below it in full', () => {
    const long = `${'It does not like it. '.repeat(12)}(400 Odd, opc-request-id 4F3A9C/1/2)`;
    const failing = deployed('undoing', {
      there: upTo('backend.add store-v3-1', { state: 'failed', note: long }, 'skipped'),
      back: () => ({ state: 'pending' }),
    });
    const [letter] = told(failing, { type: 'back' });
    expect(plainText(letter?.report.title ?? '')).toMatch(/^Taking it back: add store-v3-1 .*….$/);
    expect(letter?.report.blocks).toEqual([
      { type: 'text', text: `Add store-v3-1 to api of store-lb: ${long}.` },
    ]);
  });

  test('nothing where there is nothing to undo, no message, or no deploy', () => {
    const back = { type: 'back' } as const;
    const nothing = deployed('undoing', {
      there: upTo('deploy.check', { state: 'failed', note: 'store-2 was changed.' }, 'skipped'),
      back: () => ({ state: 'skipped' }),
    });
    expect(told(nothing, back)).toEqual([]);
    expect(told(undoing, back, { own: undefined })).toEqual([]);
    expect(told(stopped('running', ['done', 'failed']), back)).toEqual([]);
    expect(told(done, { type: 'step', position: 1 })).toEqual([]);
  });

  test('a hook’s log, when it has ended', () => {
    const at = position('container-instance.create store-v3-1');
    const steps = done.steps.map((each, place) =>
      place === at
        ? {
            ...each,
            step: { ...each.step, verb: 'container-instance.ended' },
            note: 'exit code 0. migrated',
            result: { exitCode: 0, log: 'began\nmigrated' },
          }
        : each,
    );
    const [letter] = told({ ...done, steps }, { type: 'step', position: at });
    expect(plainText(letter?.report.title ?? '')).toBe('store-v3-1 has ended well: exit code 0.');
    expect(letter?.report.blocks).toEqual([
      { type: 'code', name: 'store-v3-1.log', text: 'began\nmigrated' },
    ]);
  });
});

describe('in the app’s own channel', () => {
  test('one message, first that it is begun, then how it ended', () => {
    const [begun] = told(running, { type: 'begun' });
    const [ended] = told(undone, { type: 'ended' });
    expect(begun).toMatchObject({ key: 'op-81#channel', to: { kind: 'channel', channel: home } });
    expect(ended?.key).toBe(begun?.key);
    expect(plainText(begun?.report.title ?? '')).toBe('@U0ANAPETROV: deploy store 1.5.0 – begun.');
    expect(plainText(ended?.report.title ?? '')).toMatch(/taken back: gate errors: 12/);
  });

  test('not where its message stands, not without a channel, and not of what never began', () => {
    const begun = { type: 'begun' } as const;
    expect(told(running, begun, { channel: own.channel })).toEqual([]);
    expect(told(running, begun, { channel: undefined })).toEqual([]);
    expect(told(running, begun, { own: undefined })).toHaveLength(1);
    expect(told(deployed('void', {}), { type: 'ended' })).toEqual([]);
  });
});

test('logs are looked for where it failed: of the one instance, or of all that a gate watched', () => {
  const made = (each: Operation['steps'][number]) =>
    each.step.verb === 'container-instance.create' && each.state === 'done'
      ? { ...each, result: { ocid: `ocid of ${each.step.target.name}` } }
      : each;
  const of = (operation: Operation) =>
    suspectsOf({ ...operation, steps: operation.steps.map(made) }).map(({ ocid }) => ocid);
  expect(of(undoing)).toEqual(['ocid of store-v3-1']);
  expect(of(undone)).toEqual(['ocid of store-v3-1']);
  expect(of(deployOperations.aborted)).toEqual([]);
  const fallen = deployed('undoing', {
    there: upTo('container-instance.create store-v3-1', { state: 'failed', receipt: { made: 'ocid1.new' } }),
  });
  expect(suspectsOf(fallen).map(({ ocid }) => ocid)).toEqual(['ocid1.new']);
});

test('of a long log the end is shown, in whole lines', () => {
  const log = Array.from({ length: 500 }, (_, at) => `line ${at}`).join('\n');
  expect(lastOf(`${log}\n\n`).split('\n')).toHaveLength(20);
  expect(lastOf(log)).toMatch(/^line 480\n[\s\S]*line 499$/);
  const wide = Array.from({ length: 20 }, (_, at) => `${at} ${'x'.repeat(400)}`).join('\n');
  expect(lastOf(wide).length).toBeLessThanOrEqual(2_000);
  expect(lastOf(wide)).toMatch(/^16 x/);
});

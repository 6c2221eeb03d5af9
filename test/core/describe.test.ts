import { expect, test } from 'vitest';
import { describe } from '../../src/core/describe.ts';
import { finalStatuses } from '../../src/core/operation.ts';
import { plainText } from '../../src/core/report.ts';
import { deployed, upTo } from '../support/deploys.ts';
import { approval, operation, step } from '../support/operations.ts';

const title = (...given: Parameters<typeof operation>) => plainText(describe(operation(...given)).title);
const buttons = (...given: Parameters<typeof operation>) =>
  (describe(operation(...given)).actions ?? []).map(({ label }) => label);

test('one sentence from waiting to done', () => {
  expect(title('waiting', ['pending', 'pending'], { approval })).toBe(
    '@U0ANA000000 asks to stop 2 compute instances.',
  );
  expect(title('running', ['done', 'running'])).toBe(
    '@U0ANA000000: stop 2 compute instances – running, 1 of 2 done.',
  );
  expect(title('succeeded', ['done', 'done'])).toBe('@U0ANA000000: stop 2 compute instances – done in 40 s.');
  expect(title('failed', ['done', 'failed'])).toMatch(/failed, 1 of 2 done/);
  expect(title('unresolved', ['done', 'unknown'])).toMatch(/somebody has to look/);
  expect(title('void', ['pending', 'pending'])).toMatch(/Nothing was changed/);
});

test('a stage that has failed is not passed over for the next one, which never comes', () => {
  const there = upTo('backend.well store-v3-1', { state: 'failed', note: 'no node says OK' });
  expect(plainText(describe(deployed('running', { there })).title)).toMatch(
    / – wait until it is healthy \(1 %\), \d+ of \d+ done\.$/,
  );
});

test('buttons go as soon as it is decided', () => {
  expect(buttons('waiting', ['pending', 'pending'], { approval })).toEqual([
    'Approve',
    'Deny',
    'Break glass…',
    'Cancel',
  ]);
  expect(buttons('running', ['running', 'pending'])).toEqual(['Cancel']);
  for (const status of finalStatuses) expect(buttons(status, ['done', 'done']), status).toEqual([]);
});

test('a button carries the operation and the digest of what it decides, nothing else', () => {
  const [approve] = describe(operation('waiting', ['pending', 'pending'], { approval })).actions ?? [];
  expect(approve).toMatchObject({ value: `op-81:${approval.digest}` });
});

test('the card names each target with its state and what is left alone', () => {
  const card = JSON.stringify(describe(operation('waiting', ['pending', 'pending'], { approval })));
  for (const said of [
    'web-1',
    'web-2',
    'RUNNING',
    'shop/dev',
    'eu-frankfurt-1',
    'web-3 (already stopped)',
    'S0ONCALL000',
  ])
    expect(card).toContain(said);
});

test('a decision stays, with who and why', () => {
  const decided = {
    ...approval,
    decisions: [{ by: 'U0DANA00000', verdict: 'break-glass' as const, at: 1, reason: 'the site is down' }],
  };
  const said = JSON.stringify(describe(operation('succeeded', ['done', 'done'], { approval: decided })));
  expect(said).toContain('Break-glass by');
  expect(said).toContain('the site is down');
});

test('a keep names each resource once on its card, and tells the word from the act while it runs', () => {
  const web = step('web-1');
  const word = { ...web, name: `keep.on ${web.target.ocid}`, verb: 'keep.on', with: { until: 0 } };
  const plan = {
    title: 'Keep web-1 on',
    impact: 'start',
    consequences: [],
    unchanged: [],
    line: 'keep',
  } as const;
  const kept = { plan: { ...plan, waves: [[word], [web]] }, steps: [word, web].map((each) => done(each)) };
  const blocks = (status: 'waiting' | 'running') =>
    describe({ ...operation(status, ['pending', 'pending'], { approval }), ...kept }).blocks;
  const waiting = describe({
    ...operation('waiting', ['pending', 'pending'], { approval }),
    ...kept,
    steps: kept.steps.map((each) => ({ ...each, state: 'pending' as const })),
  }).blocks.find(({ type }) => type === 'table');
  expect(waiting).toMatchObject({ rows: [['web-1', 'instance', 'RUNNING', 'shop/dev', 'eu-frankfurt-1']] });
  const labels = blocks('running').flatMap((block) =>
    block.type === 'steps' ? block.steps.map(({ label }) => label) : [],
  );
  expect(labels).toEqual([
    'Write down: keep on web-1 (instance, eu-frankfurt-1)',
    'web-1 (instance, eu-frankfurt-1)',
  ]);
});

test('a schedule that acts is called by its policy', () => {
  expect(title('running', ['done', 'running'], { actor: { kind: 'schedule', policy: 'dev-evenings' } })).toBe(
    'schedule dev-evenings: stop 2 compute instances – running, 1 of 2 done.',
  );
});

function done(each: ReturnType<typeof step>) {
  return { step: each, state: 'done' as const, attempts: 1 };
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../../sandbox/oci/routes.ts';
import { arm, bootOci, type Cloud } from './cloud.ts';
import { type Change, changes, removals } from './wire/changes.ts';
import { everything } from './wire/everything.ts';
import { operationOf } from './wire/operations.ts';
import type { Answered } from './wire/raw.ts';
import { walkThrough } from './wire/setting.ts';
import { isRecord, modelsOf, type Walk } from './wire/walk.ts';

/**
 * Where the service is known to answer otherwise than its model has it: the images that Oracle provides are in no
 * compartment.
 */
const known = [
  'Compute.GetImage: .compartmentId: Image needs it',
  'Compute.ListImages: [].compartmentId: Image needs it',
];

/** What the models cannot say: a launch that is told nothing else needs a shape. */
const conditional = ['Compute.LaunchInstance: {"code":"MissingParameter","message":"shape is required."}'];

let cloud: Cloud;
beforeAll(async () => {
  cloud = await bootOci({ seed: everything });
});
afterAll(() => cloud.close());

describe('what operations answer', () => {
  it('is what the SDK takes it for, field by field, before and after everything has changed', async () => {
    const walk = await walkThrough(cloud);
    await walk.readAll();
    for (const [operation, details] of changes(walk, cloud.clock.now())) {
      await walk.call(operation, details);
      cloud.clock.advance(600_000);
    }
    await walk.readAll();
    for (const [operation, details] of removals(walk)) {
      await walk.call(operation, details);
      cloud.clock.advance(600_000);
    }
    expect([...walk.wrong].filter((each) => !known.includes(each))).toEqual([]);
    expect(walk.missed).toEqual([]);
  });

  it('is that too where all that was begun has failed', async () => {
    cloud.reset();
    const walk = await walkThrough(cloud);
    await arm(cloud, { operation: '*', fails: 'There was no room.', for: '100h' });
    for (const [operation, details] of changes(walk, cloud.clock.now())) {
      if (!operationOf(operation).headers.includes('opc-work-request-id')) continue;
      await walk.ask(operation, details);
      cloud.clock.advance(600_000);
    }
    await walk.readAll();
    expect([...walk.wrong].filter((each) => !known.includes(each))).toEqual([]);
  });

  it('is a refusal where the client has another etag than there is', async () => {
    cloud.reset();
    const walk = await walkThrough(cloud);
    const taken: string[] = [];
    for (const [operation, details] of [...changes(walk, cloud.clock.now()), ...removals(walk)]) {
      if (!operationOf(operation).source.includes('"if-match"')) continue;
      const headers = { 'if-match': 'stale' };
      const { status, json } = await walk.ask(operation, { ...details, headers });
      if (status !== 412) taken.push(`${operation}: ${status} ${JSON.stringify(json)}`);
      else expect(json).toMatchObject({ code: 'NoEtagMatch' });
    }
    expect(taken).toEqual([]);
  });

  it('misses what the SDK cannot leave away, and nothing else', async () => {
    cloud.reset();
    const walk = await walkThrough(cloud);
    const odd: string[] = [];
    for (const change of [...changes(walk, cloud.clock.now()), ...removals(walk)])
      odd.push(...(await gapsOf(walk, change)));
    expect(operationOf('Compute.ListInstances').queries).toEqual(['compartmentId']);
    for (const { operation, method } of routes)
      if (method === 'GET') odd.push(...(await unaskedOf(walk, operation)));
    expect(odd).toEqual(conditional);
  });
});

/** What comes of a body that is not all there. */
async function gapsOf(walk: Walk, [operation, details = {}]: Change): Promise<string[]> {
  const { body: model, package: of } = operationOf(operation);
  const { body } = details;
  if (model === undefined || !isRecord(body)) return [];
  const odd = modelsOf(of)
    .check(`model.${model}`, body)
    .map((each) => `${operation}: ${each}`);
  const tells = modelsOf(of).tells(model);
  const needed = modelsOf(of).needed(model);
  const least = Object.fromEntries(Object.entries(body).filter(([name]) => needed.includes(name)));
  const { text } = await walk.ask(operation, { ...details, body: least });
  if (tells === undefined && text.includes('MissingParameter')) odd.push(`${operation}: ${text}`);
  for (const name of needed.filter((each) => each !== tells)) {
    const reply = await walk.ask(operation, { ...details, body: { ...body, [name]: undefined } });
    if (!isMissing(reply)) odd.push(`${operation} without ${name}: ${reply.status} ${reply.text}`);
  }
  return odd;
}

/** What is read without a query that the SDK cannot do without. */
async function unaskedOf(walk: Walk, operation: string): Promise<string[]> {
  const odd: string[] = [];
  for (const name of operationOf(operation).queries) {
    const reply = await walk.ask(operation, { query: { [name]: '' } });
    if (!isMissing(reply))
      odd.push(`${operation} without ${name}: ${reply.status} ${reply.text.slice(0, 80)}`);
  }
  return odd;
}

const isMissing = ({ status, text }: Answered) => status === 400 && text.includes('"MissingParameter"');

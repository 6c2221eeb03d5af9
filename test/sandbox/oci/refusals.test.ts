import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bootOci, type Cloud, frankfurt, ocidOf } from './cloud.ts';
import { rawClient, type Sending } from './wire/raw.ts';

let cloud: Cloud;
let send: (path: string, sending?: Sending) => ReturnType<ReturnType<typeof rawClient>>;
let one: string;

beforeAll(async () => {
  cloud = await bootOci();
  const raw = rawClient(cloud);
  send = (path, sending) => raw(`/${frankfurt}${path}`, sending);
  one = `${instances}/${await ocidOf(cloud, 'web-1')}`;
});
beforeEach(() => cloud.reset());
afterAll(() => cloud.close());

const instances = '/core/20160918/instances';
const formatted = 'Incorrectly formatted request. Please refer to our documentation for help.';
const details = () => ({
  availabilityDomain: `pYRG:${frankfurt.toUpperCase()}-AD-1`,
  compartmentId: cloud.compartments['shop/dev'],
  shape: 'VM.Standard.E5.Flex',
});

describe('a method that a path is not served for', () => {
  it.each([
    ['PATCH', () => one, 'GET, POST, PUT, DELETE'],
    ['DELETE', () => instances, 'GET, POST'],
    ['DELETE', () => '/containerinstances/20210415/containers/ocid1.computecontainer.oc1..a', 'GET, PUT'],
  ])('is not allowed: %s', async (method, path, allow) => {
    const { status, headers, json } = await send(path(), { method, body: {} });
    expect([status, json]).toEqual([405, { code: 'MethodNotAllowed', message: 'Method Not Allowed' }]);
    expect(headers.get('allow')).toBe(allow);
    expect(headers.get('opc-request-id')).toBeTruthy();
  });

  it('is told so to nobody who is not known', async () => {
    const { status } = await send(one, { method: 'PATCH', body: {}, headers: { date: 'yesterday' } });
    expect(status).toBe(401);
  });

  it('is not the same as a path that there is none of', async () => {
    const { status, json } = await send('/core/20160918/nothing');
    expect([status, json]).toMatchObject([404, { code: 'NotFound' }]);
  });
});

describe('a body', () => {
  it.each([
    [{ availabilityDomain: 1 }],
    [{ compartmentId: ['a'] }],
    [{ shapeConfig: 'large' }],
    [{ metadata: [] }],
  ])('with %o is incorrectly formatted, without a word about what', async (wrong) => {
    const { status, json } = await send(instances, { method: 'POST', body: { ...details(), ...wrong } });
    expect([status, json]).toEqual([400, { code: 'CannotParseRequest', message: formatted }]);
  });

  it.each(['[]', '"text"', '7'])('that is %s is incorrectly formatted', async (body) => {
    const { json } = await send(instances, { method: 'POST', body });
    expect(json).toEqual({ code: 'CannotParseRequest', message: formatted });
  });

  it('that is no JSON cannot be parsed', async () => {
    const { json } = await send(instances, { method: 'POST', body: '{"compartmentId":' });
    expect(json).toMatchObject({ code: 'CannotParseRequest' });
  });

  it('with an availability domain of elsewhere is incorrectly formatted', async () => {
    const body = { ...details(), availabilityDomain: 'UofL:EU-ZURICH-1-AD-2' };
    const { json } = await send(instances, { method: 'POST', body });
    expect(json).toMatchObject({ code: 'CannotParseRequest' });
  });

  it.each([undefined, 'null'])('that is %s is missing', async (body) => {
    const { status, json } = await send(instances, { method: 'POST', body });
    expect([status, json]).toMatchObject([400, { code: 'MissingParameter' }]);
  });

  it('may say null for what it could leave away, but not for what is needed', async () => {
    const nothing = { displayName: null, freeformTags: null, shapeConfig: { ocpus: null }, metadata: null };
    const { status, json } = await send(one, { method: 'PUT', body: nothing });
    expect([status, json]).toMatchObject([200, { displayName: 'web-1', freeformTags: { app: 'shop' } }]);
    const needed = await send(instances, { method: 'POST', body: { ...details(), shape: null } });
    expect(needed.json).toEqual({ code: 'MissingParameter', message: 'shape is required.' });
  });

  it('may have fields that nobody knows', async () => {
    const { status, json } = await send(one, {
      method: 'PUT',
      body: { displayName: 'web-1', colour: 'red' },
    });
    expect(status).toBe(200);
    expect(json).not.toHaveProperty('colour');
  });

  it('with defined tags of a namespace that there is none of is refused', async () => {
    const tagged = (name: string) =>
      send(one, { method: 'PUT', body: { definedTags: { [name]: { CostCenter: '1' } } } });
    expect([(await tagged('nope')).status, (await tagged('nope')).json]).toEqual([
      400,
      {
        code: 'RelatedResourceNotAuthorizedOrNotFound',
        message: "The following tag namespaces / keys are not authorized or not found: 'nope'",
      },
    ]);
    expect((await tagged('operations')).status).toBe(200);
  });

  it('is held against its digest', async () => {
    const digest = createHash('sha256').update('{"displayName":"a"}').digest('base64');
    const { status } = await send(one, {
      method: 'PUT',
      body: '{"displayName":"b"}',
      headers: { 'x-content-sha256': digest },
    });
    expect(status).toBe(401);
  });
});

describe('queries', () => {
  it('without an action are missing it', async () => {
    const { status, json } = await send(one, { method: 'POST' });
    expect([status, json]).toMatchObject([400, { code: 'MissingParameter' }]);
    expect((await send(`${one}?action=FLY`, { method: 'POST' })).json).toMatchObject({
      code: 'InvalidParameter',
    });
  });

  it('may have parameters that nobody knows', async () => {
    const query = `compartmentId=${cloud.compartments['shop/dev']}&limit=1&colour=red`;
    expect((await send(`${instances}?${query}`)).status).toBe(200);
  });

  it.each(['limit=0', 'limit=many', 'page=nonsense', 'sortBy=colour', 'sortOrder=UP'])(
    'with %s are refused',
    async (wrong) => {
      const query = `compartmentId=${cloud.compartments['shop/dev']}&${wrong}`;
      const { status, json } = await send(`${instances}?${query}`);
      expect([status, json]).toMatchObject([400, { code: 'InvalidParameter' }]);
    },
  );
});

describe('connections', () => {
  it('are kept open, also after a refusal', async () => {
    for (const path of [one, `${instances}/nonsense`])
      expect(Object.fromEntries((await send(path)).headers)).toMatchObject({
        connection: 'keep-alive',
        'content-type': 'application/json',
        'x-content-type-options': 'nosniff',
      });
  });

  it('carry HEAD as they carry GET, without its body', async () => {
    const { status, headers, text } = await send(one, { method: 'HEAD' });
    expect([status, text]).toEqual([200, '']);
    expect(headers.get('etag')).toBe((await send(one)).headers.get('etag'));
  });
});

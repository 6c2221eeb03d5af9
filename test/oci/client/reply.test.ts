import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CloudError } from '../../../src/core/fault.ts';
import { retryAfter } from '../../../src/oci/client/reply.ts';
import type { Cloud } from '../../../src/oci/cloud.ts';
import { type Stage, stage } from '../sandbox.ts';

/** Answers that OCI itself never gives, but that what stands before it may. */

let on: Stage;
let server: Server;
let answer: RequestListener = (_, reply) => reply.end();
let cloud: Cloud;
beforeAll(async () => {
  on = await stage();
  server = createServer((request, reply) => answer(request, reply));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  cloud = on.open({ endpoint: `http://127.0.0.1:${port}/{region}/{service}/`, regions: ['eu-frankfurt-1'] });
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await on.close();
});

const target = {
  kind: 'instance',
  ocid: 'ocid1.instance.oc1.eu-frankfurt-1.a',
  region: 'eu-frankfurt-1',
} as const;
const read = (): Promise<CloudError> =>
  on.hurry(cloud.reader.read(target)).then(
    () => Promise.reject(new Error('it was read')),
    (error: CloudError) => error,
  );

test('a path has one slash where the endpoint ends', async () => {
  let path: string | undefined;
  answer = (request, reply) => {
    path = request.url;
    reply.writeHead(401).end('{}');
  };
  await read();
  expect(path).toBe('/eu-frankfurt-1/core/20160918/instances/ocid1.instance.oc1.eu-frankfurt-1.a');
});

test('a gateway’s page of HTML becomes a line of text', async () => {
  answer = (_, reply) => {
    reply.writeHead(502, { 'content-type': 'text/html' });
    reply.end(`<html>\n<body><h1>502 Bad Gateway</h1>${'x'.repeat(10_000)}</body></html>`);
  };
  const error = await read();
  expect(error).toMatchObject({ name: 'CloudError', status: 502, code: 'HTTP502' });
  expect(error.message).toMatch(/^502 Bad Gateway x+…$/);
  expect(error.message.length).toBeLessThan(600);
});

test.each<[string, RequestListener]>([
  ['is not JSON', (_, reply) => reply.end('<html>Please log in</html>')],
  [
    'is cut in the middle',
    (_, reply) => {
      reply.writeHead(200, { 'content-length': '1000' });
      reply.write('{"id":');
      setTimeout(() => reply.destroy(), 20);
    },
  ],
])('a good reply that %s is no reply', async (_, broken) => {
  answer = broken;
  expect(await read()).toMatchObject({ name: 'CloudError', status: 0 });
});

test.each([
  ['7', undefined, 7_000],
  ['0.5', undefined, 500],
  ['Sat, 21 Nov 2026 10:00:30 GMT', 'Sat, 21 Nov 2026 10:00:00 GMT', 30_000],
  ['Sat, 21 Nov 2026 09:00:00 GMT', 'Sat, 21 Nov 2026 10:00:00 GMT', 0],
  ['Sat, 21 Nov 2026 10:00:30 GMT', undefined, undefined],
  ['soon', 'Sat, 21 Nov 2026 10:00:00 GMT', undefined],
  ['-5', undefined, undefined],
  [undefined, undefined, undefined],
])('Retry-After %s at %s asks for %s ms', (value, date, ms) => {
  const headers = new Headers({ ...(value ? { 'retry-after': value } : {}), ...(date ? { date } : {}) });
  expect(retryAfter(headers)).toBe(ms);
});

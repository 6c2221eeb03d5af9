import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createLog } from '../../../src/log.ts';
import { Connection } from '../../../src/oci/client/service.ts';
import { servicesOver } from '../../../src/oci/client/services.ts';
import { readSecret } from '../../../src/oci/deploy/secrets.ts';
import { type Bare, bare } from '../bare.ts';
import { type Stage, stage } from '../sandbox.ts';

const frankfurt = 'eu-frankfurt-1';
const content = 'correct-horse-battery-staple';
const encoded = Buffer.from(content).toString('base64');

let on: Stage;
let below: Bare;
let ocid: string;
beforeAll(async () => {
  on = await stage();
  below = bare(on);
  const reply = await on.oci.control.request('/resources?type=VaultSecret&name=shop-db-password');
  const { resources } = (await reply.json()) as { resources: { ocid: string }[] };
  ocid = resources[0]?.ocid ?? '';
});
afterEach(() => on.clearFaults());
afterAll(async () => {
  below.close();
  await on.close();
});

/** Everything that a process writes while the work is done. */
async function written(work: () => Promise<unknown>): Promise<string> {
  const pieces: string[] = [];
  const take = (piece: unknown) => {
    pieces.push(String(piece));
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(take),
    vi.spyOn(process.stderr, 'write').mockImplementation(take),
    ...(['log', 'info', 'warn', 'error', 'debug'] as const).map((level) =>
      vi.spyOn(console, level).mockImplementation((...words) => {
        pieces.push(words.map((word) => inspect(word, { depth: 10 })).join(' '));
      }),
    ),
  ];
  try {
    await work();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return `${pieces.join('\n')}\n${below.logged.join('\n')}`;
}

describe('the content of a secret', () => {
  test('is read as text', async () => {
    expect(await readSecret(below.services, frankfurt, ocid)).toBe(content);
  });

  test('is a fault where it may not be read, or OCI is away', async () => {
    await expect(readSecret(below.services, frankfurt, `${ocid}x`)).rejects.toMatchObject({ status: 404 });
    await on.fault({ operation: 'Secrets.*', status: 503, for: '9h' });
    await expect(on.hurry(readSecret(below.services, frankfurt, ocid))).rejects.toMatchObject({
      status: 503,
    });
  });

  test('is written nowhere, read or not', async () => {
    const text = await written(async () => {
      await readSecret(below.services, frankfurt, ocid);
      await on.fault({ operation: 'Secrets.*', status: 500, when: 'after', for: '9h' });
      await on.hurry(readSecret(below.services, frankfurt, ocid)).catch(() => undefined);
    });
    expect(text).not.toContain(content);
    expect(text).not.toContain(encoded);
  });
});

describe('a reply that cannot be read', () => {
  let server: Server;
  let body = '';
  const lines: string[] = [];
  beforeAll(async () => {
    server = createServer((_, reply) => {
      reply.writeHead(200, { 'content-type': 'application/json' }).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  const against = async (reply: string) => {
    body = reply;
    const { port } = server.address() as AddressInfo;
    const connection = new Connection({
      auth: { type: 'config', file: on.configFile },
      endpoint: `http://127.0.0.1:${port}`,
      clock: on.clock,
      log: createLog({ level: 'debug', to: { write: (line) => void lines.push(line) } }),
    });
    const services = servicesOver(connection);
    try {
      return await on.hurry(readSecret(services, frankfurt, ocid)).catch((error: unknown) => error);
    } finally {
      for (const service of Object.values(services)) service.close();
      connection.close();
    }
  };

  test('quotes nothing of it, in what is thrown or written', async () => {
    let thrown: unknown;
    const text = await written(async () => {
      thrown = await against(`${encoded} ${content}`);
    });
    expect(thrown).toMatchObject({ name: 'CloudError', status: 0 });
    expect(lines.length).toBeGreaterThan(0);
    for (const told of [inspect(thrown, { depth: 10 }), text, lines.join('')]) {
      expect(told).not.toContain(content.slice(0, 8));
      expect(told).not.toContain(encoded.slice(0, 8));
    }
  });

  test('or is no text is refused', async () => {
    const bundle = (base64: string) =>
      JSON.stringify({ secretId: ocid, secretBundleContent: { contentType: 'BASE64', content: base64 } });
    expect(await against(bundle('/////w=='))).toMatchObject({
      name: 'CloudError',
      message: 'the content of the secret is not text',
    });
    expect(await against(JSON.stringify({ secretId: ocid }))).toMatchObject({ name: 'CloudError' });
    expect(await against(bundle(Buffer.from('Zürich').toString('base64')))).toBe('Zürich');
  });
});

import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Stands before a PostgreSQL and cuts connections, to the byte where it hurts. */
export interface Relay {
  readonly url: string;
  /** Cuts off every so-manieth COMMIT: before it arrives, or after it took effect. */
  cutEvery(nth: number, when: 'before' | 'after'): void;
  /** Refuses and cuts everything until it is back. */
  away(is: boolean): void;
  close(): Promise<void>;
}

export async function relayTo(target: string): Promise<Relay> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let cuts = { nth: 0, when: 'before' };
  let commits = 0;
  let gone = false;
  const cut = (...both: Socket[]) => {
    for (const each of both) each.destroy();
  };
  const server = createServer((client) => {
    if (gone) {
      client.destroy();
      return;
    }
    const upstream = connect(Number(port), hostname);
    let doomed = false;
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on('error', () => {});
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
    client.on('data', (bytes) => {
      const isCommit = bytes.toString('latin1').includes('commit');
      if (isCommit) commits += 1;
      const isCut = isCommit && cuts.nth > 0 && commits % cuts.nth === 0;
      if (isCut && cuts.when === 'before') return cut(client, upstream);
      doomed ||= isCut;
      upstream.write(bytes);
    });
    // the answer to the COMMIT has come: it took effect, and nobody will hear of it
    upstream.on('data', (bytes) => (doomed ? cut(client, upstream) : client.write(bytes)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    cutEvery: (nth, when) => {
      cuts = { nth, when };
    },
    away: (is) => {
      gone = is;
      if (is) cut(...sockets);
    },
    close: async () => {
      cut(...sockets);
      server.close();
    },
  };
}

import { once, setMaxListeners } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { SandboxClock } from '../clock.ts';
import type { Deadlines } from './deadlines.ts';
import type { Program } from './program.ts';

/** Longer than any load balancer keeps an idle connection, so that none is closed under a request. */
const KEPT_ALIVE = 310_000;

/** The loopback server that stands for one instance and all its ports, while its program runs. */
export class InstanceServer {
  readonly #clock: SandboxClock;
  readonly #deadlines: Deadlines;
  readonly #program: Program;
  readonly #server: Server;
  readonly #sockets = new WebSocketServer({ noServer: true });
  readonly #upgraded = new Set<Duplex>();
  readonly #cut = new AbortController();
  readonly #listening: Promise<number>;
  #ends = false;
  /** Once it listens. */
  port: number | undefined;

  constructor(program: Program, clock: SandboxClock, deadlines: Deadlines) {
    this.#program = program;
    this.#clock = clock;
    this.#deadlines = deadlines;
    this.#server = createServer((request, response) => {
      void this.#serve(request, response);
    });
    this.#server.keepAliveTimeout = KEPT_ALIVE;
    this.#server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
    // every slow answer listens
    setMaxListeners(0, this.#cut.signal);
    this.#listening = this.#listen();
  }

  /** Its port. @throws Error when it has ended before it was open */
  open(): Promise<number> {
    return this.#listening;
  }

  /** New connections are refused; what is under way has so long, in milliseconds, then it is cut. */
  end(grace: number): void {
    if (!this.#ends) {
      this.#ends = true;
      // one that does not listen yet would begin to after this
      if (this.port === undefined) void this.#listening.then(() => this.#close());
      else this.#close();
    }
    if (grace > 0) this.#deadlines.add(grace, () => this.#cutAll());
    else this.#cutAll();
  }

  #close(): void {
    this.#server.close();
    this.#server.closeIdleConnections();
  }

  async #listen(): Promise<number> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const { port } = this.#server.address() as AddressInfo;
    this.port = port;
    return port;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = request;
    request.resume();
    const said = this.#program.answer({ method, path: url, headers, now: this.#clock.now() });
    if (said.delay > 0) await this.#clock.sleep(said.delay, this.#cut.signal);
    if (this.#cut.signal.aborted) return;
    const length = { 'content-length': Buffer.byteLength(said.body) };
    response.writeHead(said.status, {
      ...said.headers,
      ...length,
      ...(this.#ends && { connection: 'close' }),
    });
    response.end(method === 'HEAD' ? undefined : said.body);
  }

  /** A WebSocket says back what it hears. */
  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#upgraded.add(socket);
    socket.on('close', () => this.#upgraded.delete(socket));
    this.#sockets.handleUpgrade(request, socket, head, (client) => {
      client.on('message', (data, isBinary) => client.send(data, { binary: isBinary }));
    });
  }

  #cutAll(): void {
    this.#cut.abort();
    this.#server.closeAllConnections();
    for (const socket of this.#upgraded) socket.destroy();
  }
}

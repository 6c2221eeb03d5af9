import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { newUuid } from '../ids.ts';
import { limits, type Timing, warningBefore } from '../limits.ts';
import { bot } from '../seed.ts';
import { isFields } from '../types.ts';
import type { Envelope, Outcome, Transport } from './delivery.ts';

interface Pending {
  readonly envelope: Envelope;
  readonly outcome: Promise<Outcome>;
  readonly settle: (outcome: Outcome) => void;
  connection: WebSocket;
}

export type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets';

/**
 * Socket Mode: up to ten connections of the app, each envelope to one of them in turn. What was sent on
 * a connection that closes before the acknowledgement goes out again on another, marked as a retry.
 */
export class SocketMode implements Transport {
  readonly #server = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  readonly #timing: Timing;
  readonly #tickets = new Set<string>();
  readonly #pending = new Map<string, Pending>();
  #open: WebSocket[] = [];
  #turn = 0;

  constructor(timing: Timing) {
    this.#timing = timing;
  }

  /** How many connections may be sent to. */
  get connections(): number {
    return this.#open.length;
  }

  /** The path and query of a new connection; good for one. */
  ticket(): string {
    const ticket = newUuid();
    this.#tickets.add(ticket);
    return `/link/?ticket=${ticket}&app_id=${bot.app}`;
  }

  /** Takes over an HTTP upgrade, or refuses it with 401 for a ticket that is unknown or spent. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const ticket = searchParams.get('ticket');
    if (!ticket || !this.#tickets.delete(ticket)) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    const debug = searchParams.get('debug_reconnects') === 'true';
    const lifetime = debug ? this.#timing.debugConnection : this.#timing.connection;
    this.#server.handleUpgrade(request, socket, head, (connection) => this.#welcome(connection, lifetime));
  }

  send(envelope: Envelope): Promise<Outcome> {
    const connection = this.#next();
    if (!connection) return Promise.resolve({ acked: false, reason: 'dispatch_failed' });
    const waiting = this.#pending.get(envelope.id) ?? this.#expect(envelope, connection);
    connection.send(wire(envelope));
    return waiting.outcome;
  }

  /** Tells the clients to reconnect; after refresh_requested and link_disabled they get nothing more. */
  disconnect(reason: DisconnectReason, howMany = this.#open.length): number {
    const told = this.#open.slice(0, howMany);
    for (const connection of told) this.#tell(connection, reason);
    return told.length;
  }

  #tell(connection: WebSocket, reason: DisconnectReason): void {
    connection.send(JSON.stringify({ type: 'disconnect', reason, debug_info: debugInfo }));
    if (reason === 'warning') return;
    this.#open = this.#open.filter((each) => each !== connection);
    setTimeout(() => connection.close(), 10_000).unref();
  }

  /** A connection is not for ever: it is warned, and told to go. Answers how to forget about that. */
  #age(connection: WebSocket, lifetime: number): () => void {
    const warning = setTimeout(() => this.#tell(connection, 'warning'), lifetime - warningBefore).unref();
    const end = setTimeout(() => this.#tell(connection, 'refresh_requested'), lifetime).unref();
    return () => {
      clearTimeout(warning);
      clearTimeout(end);
    };
  }

  /** Cuts every connection without a word, as a network does. */
  cut(): void {
    for (const connection of this.#server.clients) connection.terminate();
  }

  /** Says goodbye and hangs up on whoever does not answer. */
  close(): void {
    for (const connection of this.#server.clients) {
      connection.close(1001);
      setTimeout(() => connection.terminate(), 100);
    }
    this.#server.close();
    for (const { settle } of this.#pending.values()) settle({ acked: false, reason: 'dispatch_failed' });
  }

  #expect(envelope: Envelope, connection: WebSocket): Pending {
    const { promise: outcome, resolve } = deferred<Outcome>();
    const timeout = setTimeout(() => settle({ acked: false, reason: 'operation_timeout' }), this.#timing.ack);
    const settle = (came: Outcome) => {
      clearTimeout(timeout);
      this.#pending.delete(envelope.id);
      resolve(came);
    };
    const pending: Pending = { envelope, outcome, settle, connection };
    this.#pending.set(envelope.id, pending);
    return pending;
  }

  #next(): WebSocket | undefined {
    this.#turn = (this.#turn + 1) % Math.max(1, this.#open.length);
    return this.#open[this.#turn];
  }

  #welcome(connection: WebSocket, lifetime: number): void {
    if (this.#open.length >= limits.connections) {
      connection.send(
        JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets', debug_info: debugInfo }),
      );
      connection.close();
      return;
    }
    this.#open.push(connection);
    const pings = setInterval(() => connection.ping(`Ping from ${debugInfo.host}`), this.#timing.ping);
    const stay = this.#age(connection, lifetime);
    connection.on('message', (data) => this.#acknowledge(String(data)));
    connection.on('error', () => connection.terminate());
    connection.on('close', () => {
      clearInterval(pings);
      stay();
      this.#gone(connection);
    });
    connection.send(
      JSON.stringify({
        type: 'hello',
        num_connections: this.#open.length,
        debug_info: { ...debugInfo, approximate_connection_time: Math.round(lifetime / 1000) },
        connection_info: { app_id: bot.app },
      }),
    );
  }

  #acknowledge(data: string): void {
    const message = parsed(data);
    if (!isFields(message) || typeof message.envelope_id !== 'string') return;
    this.#pending.get(message.envelope_id)?.settle({ acked: true, body: answer(message.payload) });
  }

  #gone(connection: WebSocket): void {
    this.#open = this.#open.filter((each) => each !== connection);
    for (const pending of this.#pending.values()) {
      if (pending.connection !== connection) continue;
      const next = this.#next();
      if (!next) pending.settle({ acked: false, reason: 'dispatch_failed' });
      else {
        pending.connection = next;
        next.send(wire({ ...pending.envelope, retry: { attempt: 1, reason: 'connection_closed' } }));
      }
    }
  }
}

const debugInfo = { host: 'applink-sandbox-1', build_number: 1 };

function wire({ id, type, payload, acceptsResponse, retry }: Envelope): string {
  return JSON.stringify({
    envelope_id: id,
    payload,
    type,
    accepts_response_payload: acceptsResponse,
    // Events say of the first attempt, too, which one it is.
    ...(retry || type === 'events_api'
      ? { retry_attempt: retry?.attempt ?? 0, retry_reason: retry?.reason ?? '' }
      : {}),
  });
}

/** Bolt sends `{}` for an acknowledgement without an answer, other clients leave the payload out. */
function answer(payload: unknown): unknown {
  return isFields(payload) && Object.keys(payload).length === 0 ? undefined : payload;
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

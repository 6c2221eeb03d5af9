import type { IncomingMessage } from 'node:http';

/** Of one connection only; also `expect`, which the load balancer has answered itself. */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'upgrade',
  'expect',
]);

const forwarded = new Set(['x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-port', 'x-real-ip']);

/** Name, value, name, value …: as they came, without those that are of the connection. */
export function withoutHops(raw: readonly string[], others: ReadonlySet<string> = new Set()): string[] {
  const kept: string[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at] ?? '';
    const plain = name.toLowerCase();
    if (!hopByHop.has(plain) && !others.has(plain)) kept.push(name, raw[at + 1] ?? '');
  }
  return kept;
}

/** What a backend is sent: the client's own, and where it came from. */
export function toBackend(request: IncomingMessage, listenerPort: number): string[] {
  const client = clientOf(request);
  const before = request.headers['x-forwarded-for'];
  return [
    ...withoutHops(request.rawHeaders, forwarded),
    'X-Forwarded-For',
    before ? `${before}, ${client}` : client,
    'X-Forwarded-Proto',
    'http',
    'X-Forwarded-Port',
    String(listenerPort),
    'X-Real-IP',
    client,
  ];
}

export const clientOf = ({ socket }: IncomingMessage): string => socket.remoteAddress ?? '127.0.0.1';

export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

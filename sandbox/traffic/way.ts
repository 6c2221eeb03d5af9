import type { BackendSet, Listener } from '../oci/resources/resources.ts';
import type { Deadlines } from './deadlines.ts';
import type { Network } from './network.ts';
import type { Node } from './node.ts';
import type { Tally } from './tally.ts';

/** What a listener needs to know of its load balancer, always as it is now. */
export interface Way {
  readonly network: Network;
  readonly deadlines: Deadlines;
  readonly tally: Tally;
  /** Undefined once it is deleted. */
  listener(): Listener | undefined;
  set(): BackendSet | undefined;
  /** The node that a new connection gets: they take turns. */
  nextNode(): Node;
  /** Connections of all nodes to the backend that are in use. */
  activeOf(backend: string): number;
  /** A request was sent to an instance that is being deleted, or has been. */
  reachedDeleted(): void;
}

/** How long, in milliseconds, nothing may be heard of the other side. */
export function idleTimeoutOf(way: Way): number {
  const listener = way.listener();
  const seconds = listener?.connectionConfiguration?.idleTimeout ?? (listener?.protocol === 'TCP' ? 300 : 60);
  return seconds * 1_000;
}

/** The loopback port that stands for a backend; undefined when nothing takes connections there. */
export async function portOf(
  { network, reachedDeleted }: Pick<Way, 'network' | 'reachedDeleted'>,
  { ipAddress, port }: { readonly ipAddress: string; readonly port: number },
): Promise<number | undefined> {
  const host = network.hostAt(ipAddress);
  if (host?.isGoing) reachedDeleted();
  return host?.portFor(port);
}

import type { SandboxClock } from '../clock.ts';
import { type Change, hasEnded, type Store } from '../oci/store.ts';
import type { Deadlines } from './deadlines.ts';
import { Host } from './host.ts';

/** Who has which private address, and the loopback server behind it. */
export class Network {
  readonly #world: { store: Store; clock: SandboxClock; deadlines: Deadlines };
  readonly #hosts = new Map<string, Host>();
  #owners: Map<string, string> | undefined;

  constructor(world: { store: Store; clock: SandboxClock; deadlines: Deadlines }) {
    this.#world = world;
  }

  /** The one that has the address, or had it last. */
  hostAt(ip: string): Host | undefined {
    this.#owners ??= this.#readOwners();
    const ocid = this.#owners.get(ip);
    return ocid === undefined ? undefined : this.#host(ocid, ip);
  }

  /** Keeps up with the cloud; without a type, everything may be another. */
  follow({ kind, type, ocid }: Change): void {
    if (type === undefined) this.#begin();
    if (type === undefined || !['Vnic', 'Instance', 'ContainerInstance', 'Container'].includes(type)) return;
    if (type !== 'Container') this.#owners = undefined;
    const found = type === 'Container' ? this.#instanceOf(ocid) : ocid;
    if (found !== undefined) this.#hosts.get(found)?.look();
    if (kind === 'gone' && ocid !== undefined) this.#hosts.delete(ocid);
  }

  close(): void {
    for (const host of this.#hosts.values()) host.close();
    this.#hosts.clear();
  }

  #begin(): void {
    this.#owners = undefined;
    this.close();
  }

  #host(ocid: string, ip: string): Host {
    const known = this.#hosts.get(ocid);
    if (known?.ip === ip) return known;
    known?.close();
    const host = new Host(ocid, ip, this.#world);
    this.#hosts.set(ocid, host);
    return host;
  }

  #readOwners(): Map<string, string> {
    const { store } = this.#world;
    const owners = new Map<string, string>();
    for (const each of store.all()) {
      if (each.type !== 'Vnic') continue;
      const owner = store.find(each.attachedTo);
      const before = owners.get(each.privateIp);
      if (owner && (before === undefined || !hasEnded(owner))) owners.set(each.privateIp, owner.ocid);
    }
    return owners;
  }

  #instanceOf(container: string | undefined): string | undefined {
    const found = container === undefined ? undefined : this.#world.store.find(container);
    return found?.type === 'Container' ? found.containerInstanceId : undefined;
  }
}

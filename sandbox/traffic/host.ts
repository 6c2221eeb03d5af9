import type { SandboxClock } from '../clock.ts';
import { imageIn } from '../oci/images.ts';
import type { Container, ContainerInstance, Instance } from '../oci/resources/resources.ts';
import type { Store } from '../oci/store.ts';
import type { Deadlines } from './deadlines.ts';
import { Echo } from './echo.ts';
import { InstanceServer } from './instance-server.ts';
import { ContainerProgram, MachineProgram, type Program } from './program.ts';

/** States of a container in which nothing of it is left. */
const isOver = new Set(['INACTIVE', 'DELETED', 'FAILED']);
/** What is under way when they are reached gets so long, since the clock may have been moved past its end. */
const LAST_MOMENT = 250;

type Owner = ContainerInstance | Instance;

/** What has an address: a container instance or a virtual machine, and the server that stands for it. */
export class Host {
  readonly ocid: string;
  readonly ip: string;
  readonly #store: Store;
  readonly #clock: SandboxClock;
  readonly #deadlines: Deadlines;
  #server: InstanceServer | undefined;
  /** One that finishes what it has begun. */
  #ending: InstanceServer | undefined;
  #echo: Echo | undefined;
  #program: Program | undefined;
  /** When the process began that the program is of. */
  #run: number | undefined;

  constructor(ocid: string, ip: string, world: { store: Store; clock: SandboxClock; deadlines: Deadlines }) {
    this.ocid = ocid;
    this.ip = ip;
    this.#store = world.store;
    this.#clock = world.clock;
    this.#deadlines = world.deadlines;
  }

  get name(): string {
    return this.#owner?.displayName ?? this.ocid;
  }

  /** The tag of the first container's image. */
  get version(): string | undefined {
    return this.#first && imageIn(this.#first).version;
  }

  /** Whether it is being deleted, or has been. */
  get isGoing(): boolean {
    const state = this.#owner?.lifecycleState;
    return state === undefined || ['DELETING', 'DELETED', 'TERMINATING', 'TERMINATED'].includes(state);
  }

  /** Its program while it runs. */
  get program(): Program | undefined {
    this.look();
    return this.#program;
  }

  /** Any port, unless the environment says PORT: then that one and those of the health checks. */
  listensOn(port: number): boolean {
    const containers = this.#containers;
    const said = containers.flatMap(({ environmentVariables: { PORT } }) => (PORT ? Number(PORT) : []));
    if (said.length === 0) return true;
    return said.includes(port) || containers.some((each) => each.healthChecks.some((it) => it.port === port));
  }

  /** The loopback port of the server; undefined when nothing runs or nothing listens there. */
  portFor(port: number): number | Promise<number> | undefined {
    const program = this.program;
    if (!program || !this.listensOn(port)) return undefined;
    this.#server ??= new InstanceServer(program, this.#clock, this.#deadlines);
    return this.#server.port ?? this.#server.open();
  }

  /** The loopback port where its datagrams are heard; undefined when nothing runs or nothing listens there. */
  datagramPortFor(port: number): Promise<number> | undefined {
    if (!this.program || !this.listensOn(port)) return undefined;
    this.#echo ??= new Echo();
    return this.#echo.open();
  }

  /** Follows what has become of the instance. */
  look(): void {
    const owner = this.#owner;
    const run = owner && this.#runOf(owner);
    if (this.#ending && isOver.has(this.#first?.lifecycleState ?? 'DELETED')) {
      this.#ending.end(LAST_MOMENT);
      this.#ending = undefined;
    }
    if (run === this.#run) return;
    this.#run = run;
    this.#server?.end(this.#grace(owner));
    this.#ending = this.#server;
    this.#server = undefined;
    this.#echo?.close();
    this.#echo = undefined;
    this.#program = owner && run !== undefined ? this.#programOf(owner) : undefined;
  }

  close(): void {
    this.#server?.end(0);
    this.#ending?.end(0);
    this.#echo?.close();
    this.#echo = undefined;
  }

  get #owner(): Owner | undefined {
    const owner = this.#store.find(this.ocid);
    return owner?.type === 'ContainerInstance' || owner?.type === 'Instance' ? owner : undefined;
  }

  get #containers(): Container[] {
    const owner = this.#owner;
    if (owner?.type !== 'ContainerInstance') return [];
    return owner.containerIds.flatMap((id) => {
      const container = this.#store.find(id);
      return container?.type === 'Container' ? [container] : [];
    });
  }

  get #first(): Container | undefined {
    return this.#containers[0];
  }

  /** When the process began that runs now; undefined when none does. */
  #runOf(owner: Owner): number | undefined {
    if (owner.type === 'Instance') return owner.lifecycleState === 'RUNNING' ? 0 : undefined;
    const first = this.#first;
    const isUp = first?.lifecycleState === 'ACTIVE' && ['ACTIVE', 'UPDATING'].includes(owner.lifecycleState);
    return isUp ? (first.runs.at(-1)?.from ?? 0) : undefined;
  }

  #programOf(owner: Owner): Program | undefined {
    if (owner.type === 'Instance') return new MachineProgram(owner);
    return this.#first && new ContainerProgram(owner, this.#first, this.ip);
  }

  /** One that was told to end finishes what it does; one that has died does not. */
  #grace(owner: Owner | undefined): number {
    const isTold = owner && ['UPDATING', 'DELETING'].includes(this.#first?.lifecycleState ?? '');
    return isTold && owner.type === 'ContainerInstance' ? owner.gracefulShutdownTimeoutInSeconds * 1_000 : 0;
  }
}

import { type Json, jsonOf } from '../json.ts';
import { newTarget, type PlanTarget, type Step } from '../plan.ts';
import type { Gate } from './app.ts';
import type { FoundPlace, MissingParts, NewInstance, OldBackend, OldInstance, Scene } from './scene.ts';

const minute = 60_000;
/** One change of a load balancer; they queue before it, which does not count. */
const balancerWithin = 10 * minute;
/** A change that waits for others to be well holds up whoever else changes the same load balancer. */
const guardedWithin = 3 * minute;

/** Flags and weight of a backend, as a step sets them. */
export type Standing = Pick<OldBackend, 'weight' | 'backup' | 'drain' | 'offline' | 'maxConnections'>;

/** A retirement has no release. */
export type Setting = Pick<Scene, 'app' | 'old' | 'places' | 'fresh'> & Partial<Pick<Scene, 'release'>>;

/** The steps that deploys and retirements are made of. Each knows all that it needs but what the steps before it make. */
export class Steps {
  readonly #scene: Setting;

  constructor(scene: Setting) {
    this.#scene = scene;
  }

  /** Everything as it was when this was planned, or nothing is done: the image, and the backends of those. */
  check(old: readonly OldInstance[] = this.#scene.old): Step {
    const { app, release, places } = this.#scene;
    const { image, digest } = release ?? {};
    return {
      name: 'deploy.check',
      verb: 'deploy.check',
      does: 'Check that nothing has changed since it was planned',
      target: this.#new(app.name),
      within: 5 * minute,
      with: {
        ...(image ? { image } : {}),
        ...(digest ? { digest } : {}),
        places: places.map(({ kind, balancer, set, missing }, place) => ({
          kind,
          balancer: balancer.ocid,
          name: balancer.name,
          set,
          ...(missing?.set ? { isMissing: true } : {}),
          backends: old.flatMap(({ backends }) =>
            backends.filter((each) => each.place === place).map(({ place: _, ...rest }) => ({ ...rest })),
          ),
        })),
      },
    };
  }

  /** Waits until a container that runs once has ended, and well. */
  ended(hook: NewInstance, within: number): Step {
    return {
      name: `container-instance.ended ${hook.name}`,
      verb: 'container-instance.ended',
      does: `Run ${hook.name} to its end`,
      target: this.#new(hook.name),
      of: makes(hook),
      within,
    };
  }

  make(instance: NewInstance): Step {
    return {
      name: makes(instance),
      verb: 'container-instance.create',
      does: `Make ${instance.name}`,
      target: this.#new(instance.name),
      within: this.#scene.app.within.create,
      with: making(instance),
    };
  }

  add(instance: NewInstance, place: FoundPlace, weight: number): Step {
    const standing = { weight, backup: false, drain: false, offline: false };
    return this.#onNew('backend.add', instance, place, `Add ${instance.name} to ${shown(place)}`, {
      standing,
    });
  }

  well(instance: NewInstance, place: FoundPlace): Step {
    const { health, within } = this.#scene.app;
    return {
      ...this.#onNew(
        'backend.well',
        instance,
        place,
        `Wait until ${instance.name} is healthy in ${shown(place)}`,
        {
          ok: health.ok,
          sure: place.sure,
        },
      ),
      within: within.healthy,
    };
  }

  /** Another weight for a new backend; `at` tells the steps of a canary apart. */
  weigh(instance: NewInstance, place: FoundPlace, weight: number, at: string): Step {
    const step = this.#onNew(
      'backend.set',
      instance,
      place,
      `Give ${instance.name} the weight ${weight} in ${shown(place)}`,
      { change: { weight } },
    );
    return { ...step, name: `${step.name} at ${at}` };
  }

  /** Changes flags or weight of an old backend, and leaves the rest as it is; `as` is a word for what that does. */
  set(old: OldInstance, backend: OldBackend, change: Partial<Standing>, as: string): Step {
    const place = this.#place(backend);
    const guard = this.#guard(place, change);
    return {
      name: `backend.set ${old.target.ocid} ${nameOf(place)} ${as}`,
      verb: 'backend.set',
      does: `${capital(as)} ${old.target.name} in ${shown(place)}`,
      target: old.target,
      within: guard ? guardedWithin : balancerWithin,
      with: {
        ...this.#where(place),
        backend: backend.name,
        change: jsonOf(change),
        ...(guard ? { guard } : {}),
      },
    };
  }

  wellAgain(old: OldInstance, backend: OldBackend): Step {
    const place = this.#place(backend);
    return {
      name: `backend.well ${old.target.ocid} ${nameOf(place)}`,
      verb: 'backend.well',
      does: `Wait until ${old.target.name} is healthy in ${shown(place)}`,
      target: old.target,
      within: this.#scene.app.within.healthy,
      with: { ...this.#where(place), backend: backend.name, ok: 1, sure: 0 },
    };
  }

  removeOld(old: OldInstance, backend: OldBackend): Step {
    const place = this.#place(backend);
    const guard = this.#guard(place, { drain: true });
    return {
      name: `backend.remove ${old.target.ocid} ${nameOf(place)}`,
      verb: 'backend.remove',
      does: `Take ${old.target.name} out of ${shown(place)}`,
      target: old.target,
      within: guard ? guardedWithin : balancerWithin,
      with: { ...this.#where(place), backend: backend.name, ...(guard ? { guard } : {}) },
    };
  }

  deleteOld({ target }: OldInstance): Step {
    return {
      name: `container-instance.delete ${target.ocid}`,
      verb: 'container-instance.delete',
      does: `Delete ${target.name}`,
      target,
      within: this.#scene.app.within.remove,
    };
  }

  /** Time for connections to end. OCI does not tell how many there are. */
  drained(ms: number, name = 'deploy.wait drained'): Step {
    return {
      name,
      verb: 'deploy.wait',
      does: 'Give connections time to end',
      target: this.#new(this.#scene.app.name),
      within: ms + 10 * minute,
      with: { ms },
    };
  }

  /** Network load balancers know nothing of HTTP. */
  get answersHttp(): boolean {
    return this.#scene.places.some(({ kind }) => kind === 'load-balancer');
  }

  /** How many requests were answered with errors since the deploy began, as far as Monitoring knows. */
  tally(): Step {
    const { app, places } = this.#scene;
    return {
      name: 'deploy.tally',
      verb: 'deploy.tally',
      does: 'Count the answers with errors',
      target: this.#new(app.name),
      within: 10 * minute,
      with: {
        since: this.check().name,
        places: places
          .filter(({ kind }) => kind === 'load-balancer')
          .map(({ balancer, set }) => ({ balancer: balancer.ocid, set })),
      },
    };
  }

  /** Holds while the gates are watched. */
  hold(name: string, does: string, ms: number, gates: readonly Gate[]): Step {
    const { app, fresh, places } = this.#scene;
    return {
      name,
      verb: 'deploy.hold',
      does,
      target: this.#new(app.name),
      // a person may be asked, who takes time
      within: ms + 24 * 60 * minute,
      with: {
        ms,
        gates: gates.map(jsonOf),
        made: fresh.map(makes),
        places: places.map((place) => ({ ...this.#where(place), port: place.port })),
      },
    };
  }

  /** A part of a place that is missing; undefined where it is there. */
  makePart(part: Part, place: FoundPlace): Step | undefined {
    const made = place.missing?.[part];
    if (!made) return undefined;
    return this.#onPart(part, 'create', place, `Make ${partOf(part, place)}`, { made: jsonOf(made) });
  }

  /** Its way back. */
  removePart(part: Part, place: FoundPlace): Step | undefined {
    if (!place.missing?.[part]) return undefined;
    return this.#onPart(part, 'delete', place, `Remove ${partOf(part, place)}`, {});
  }

  #onPart(
    part: Part,
    act: 'create' | 'delete',
    place: FoundPlace,
    does: string,
    options: { readonly [key: string]: Json },
  ): Step {
    const { kind, balancer, set, missing } = place;
    const { region, compartment } = this.#scene.app;
    const verb = `${part === 'set' ? 'backend-set' : 'listener'}.${act}`;
    const name = part === 'set' ? set : (missing?.listener?.name ?? set);
    return {
      name: `${verb} ${balancer.ocid} ${name}`,
      verb,
      does,
      // the change is the load balancer's, whose others go on beside it: it is not locked
      target: newTarget({ kind, name: balancer.name, region, compartment }),
      within: balancerWithin,
      with: { ...this.#where(place), part: name, ...options },
    };
  }

  /** The ways back of one new instance. */
  undoSet(instance: NewInstance, place: FoundPlace): Step {
    const step = this.#onNew('backend.set', instance, place, `Drain ${instance.name} in ${shown(place)}`, {
      change: { drain: true },
      ifThere: true,
    });
    return { ...step, name: `${step.name} back` };
  }

  undoAdd(instance: NewInstance, place: FoundPlace): Step {
    return this.#onNew('backend.remove', instance, place, `Take ${instance.name} out of ${shown(place)}`, {});
  }

  deleteMade(instance: NewInstance): Step {
    return {
      name: `container-instance.delete ${instance.name}`,
      verb: 'container-instance.delete',
      does: `Delete ${instance.name}`,
      target: this.#new(instance.name),
      of: makes(instance),
      within: this.#scene.app.within.remove,
    };
  }

  #onNew(
    verb: string,
    instance: NewInstance,
    place: FoundPlace,
    does: string,
    options: { readonly [key: string]: Json },
  ): Step {
    return {
      name: `${verb} ${instance.name} ${nameOf(place)}`,
      verb,
      does,
      target: this.#new(instance.name),
      of: makes(instance),
      within: balancerWithin,
      with: { ...this.#where(place), port: place.port, ...options },
    };
  }

  /** So many of the app's own backends are well beside this one, or it is not taken away. */
  #guard(place: FoundPlace, { drain, offline }: Partial<Standing>): Json | undefined {
    if (!drain && !offline) return undefined;
    const { app, old, fresh, places } = this.#scene;
    const index = places.indexOf(place);
    // what is stopped serves nobody, whatever its backend says
    const inPlace = old
      .filter((each) => !isStopped(each))
      .flatMap(({ backends }) => backends.filter((each) => each.place === index));
    const minimum = Math.min(app.minimum, inPlace.filter(isServing).length);
    if (minimum === 0) return undefined;
    return { minimum, own: inPlace.map(({ name }) => name), made: fresh.map(makes), port: place.port };
  }

  #where({ kind, balancer, set }: FoundPlace): { readonly [key: string]: Json } {
    return { kind, balancer: balancer.ocid, in: balancer.name, set };
  }

  #place({ place }: OldBackend): FoundPlace {
    const found = this.#scene.places[place];
    if (!found) throw new Error('a backend of no place');
    return found;
  }

  #new(name: string): PlanTarget {
    const { region, compartment } = this.#scene.app;
    return newTarget({ kind: 'container-instance', name, region, compartment });
  }
}

/** The name of the step that makes it: others act on what it made. */
export function makes({ name }: Pick<NewInstance, 'name'>): string {
  return `container-instance.create ${name}`;
}

function making({ details, spots, secrets }: NewInstance): { readonly [key: string]: Json } {
  return {
    details,
    spots: spots.map((spot) => ({ ...spot })),
    secrets: secrets.map((secret) => ({ ...secret })),
  };
}

/** What of a place may be missing. */
export type Part = keyof MissingParts;

/** `the backend set api of shop-lb`. */
export function partOf(part: Part, { balancer, set, missing }: FoundPlace): string {
  return part === 'set'
    ? `the backend set ${set} of ${balancer.name}`
    : `the listener ${missing?.listener?.name ?? set} of ${balancer.name}`;
}

/** Its backend is there, and nothing behind it. */
export function isStopped({ target }: Pick<OldInstance, 'target'>): boolean {
  return ['INACTIVE', 'FAILED'].includes(target.state);
}

/** Takes its share of the traffic. */
export function isServing({
  drain,
  offline,
  backup,
}: Pick<OldBackend, 'drain' | 'offline' | 'backup'>): boolean {
  return !drain && !offline && !backup;
}

/** `api of shop-lb`. */
function shown({ set, balancer }: FoundPlace): string {
  return `${set} of ${balancer.name}`;
}

function nameOf({ balancer, set, port }: FoundPlace): string {
  return `${balancer.ocid} ${set} ${port}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

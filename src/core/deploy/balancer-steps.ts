import { type Json, jsonOf } from '../json.ts';
import { newTarget, type Step } from '../plan.ts';
import type { FoundPlace, MissingParts, NewInstance, OldBackend, OldInstance } from './scene.ts';
import { makes, type Setting, unmade, whereOf } from './setting.ts';
import { isServing, isStopped, type Standing } from './standing.ts';

const minute = 60_000;
/** One change of a load balancer; they queue before it, which does not count. */
const balancerWithin = 10 * minute;
/** A change that waits for others to be well holds up whoever else changes the same load balancer. */
const guardedWithin = 3 * minute;

/** What of a place may be missing. */
export type Part = keyof MissingParts;

/** `the backend set api of shop-lb`. */
export function partOf(part: Part, { balancer, set, missing }: FoundPlace): string {
  return part === 'set'
    ? `the backend set ${set} of ${balancer.name}`
    : `the listener ${missing?.listener?.name ?? set} of ${balancer.name}`;
}

/** Steps that change load balancers: their backends, and the parts that a place is missing. */
export class BalancerSteps {
  readonly #scene: Setting;

  constructor(scene: Setting) {
    this.#scene = scene;
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
      late: `${instance.name} was not healthy in ${shown(place)}`,
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
        ...whereOf(place),
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
      late: `${old.target.name} was not healthy in ${shown(place)}`,
      target: old.target,
      within: this.#scene.app.within.healthy,
      with: { ...whereOf(place), backend: backend.name, ok: 1, sure: 0 },
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
      with: { ...whereOf(place), backend: backend.name, ...(guard ? { guard } : {}) },
    };
  }

  /** So many of the new ones serve, or it is taken back. Undefined where nobody could be left without. */
  served(): Step | undefined {
    const { app, fresh, old, places } = this.#scene;
    const minimum = Math.min(app.minimum, fresh.length);
    if (minimum === 0 || old.length === 0 || places.length === 0) return undefined;
    return {
      name: 'deploy.served',
      verb: 'deploy.served',
      does: 'Check that enough are healthy',
      late: 'Not enough were healthy',
      target: unmade(this.#scene, app.name),
      within: guardedWithin,
      with: {
        places: places.map((place) => ({
          ...whereOf(place),
          minimum,
          own: [],
          made: fresh.map(makes),
          port: place.port,
        })),
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
      with: { ...whereOf(place), part: name, ...options },
    };
  }

  /** The ways back of one new instance, which stays where the old ones do not serve in its place. */
  undoSet(instance: NewInstance, place: FoundPlace): Step {
    const step = this.#takeBack('backend.set', instance, place, `Drain ${instance.name} in ${shown(place)}`, {
      change: { drain: true },
      ifThere: true,
    });
    return { ...step, name: `${step.name} back` };
  }

  undoAdd(instance: NewInstance, place: FoundPlace): Step {
    const does = `Take ${instance.name} out of ${shown(place)}`;
    return this.#takeBack('backend.remove', instance, place, does, {});
  }

  #takeBack(
    verb: string,
    instance: NewInstance,
    place: FoundPlace,
    does: string,
    options: { readonly [key: string]: Json },
  ): Step {
    const guard = this.#guard(place, { drain: true });
    const step = this.#onNew(verb, instance, place, does, { ...options, ...(guard ? { guard } : {}) });
    return guard ? { ...step, within: guardedWithin } : step;
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
      target: unmade(this.#scene, instance.name),
      of: makes(instance),
      within: balancerWithin,
      with: { ...whereOf(place), port: place.port, ...options },
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

  #place({ place }: OldBackend): FoundPlace {
    const found = this.#scene.places[place];
    if (!found) throw new Error('a backend of no place');
    return found;
  }
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

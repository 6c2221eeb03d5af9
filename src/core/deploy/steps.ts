import { type Json, jsonOf } from '../json.ts';
import type { Step } from '../plan.ts';
import type { Gate } from './app.ts';
import { BalancerSteps } from './balancer-steps.ts';
import type { NewInstance, OldInstance } from './scene.ts';
import { makes, type Setting, unmade, whereOf } from './setting.ts';

const minute = 60_000;

/** The steps that deploys and retirements are made of. Each knows all that it needs but what the steps before it make. */
export class Steps {
  readonly #scene: Setting;
  /** Those that change load balancers. */
  readonly balancer: BalancerSteps;

  constructor(scene: Setting) {
    this.#scene = scene;
    this.balancer = new BalancerSteps(scene);
  }

  /** Everything as it was when this was planned, or nothing is done: the image, and the backends of those. */
  check(old: readonly OldInstance[] = this.#scene.old): Step {
    const { app, release, places } = this.#scene;
    const { image, digest } = release ?? {};
    return {
      name: 'deploy.check',
      verb: 'deploy.check',
      does: 'Check that nothing has changed since it was planned',
      target: unmade(this.#scene, app.name),
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
      late: `${hook.name} did not end`,
      target: unmade(this.#scene, hook.name),
      of: makes(hook),
      within,
    };
  }

  make(instance: NewInstance): Step {
    return {
      name: makes(instance),
      verb: 'container-instance.create',
      does: `Make ${instance.name}`,
      late: `${instance.name} was not up`,
      target: unmade(this.#scene, instance.name),
      within: this.#scene.app.within.create,
      with: making(instance),
    };
  }

  deleteOld({ target }: OldInstance): Step {
    return {
      name: `container-instance.delete ${target.ocid}`,
      verb: 'container-instance.delete',
      does: `Delete ${target.name}`,
      late: `${target.name} was not deleted`,
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
      target: unmade(this.#scene, this.#scene.app.name),
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
      target: unmade(this.#scene, app.name),
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
      target: unmade(this.#scene, app.name),
      // a person may be asked, who takes time
      within: ms + 24 * 60 * minute,
      with: {
        ms,
        gates: gates.map(jsonOf),
        made: fresh.map(makes),
        places: places.map((place) => ({ ...whereOf(place), port: place.port })),
      },
    };
  }

  deleteMade(instance: NewInstance): Step {
    return {
      name: `container-instance.delete ${instance.name}`,
      verb: 'container-instance.delete',
      does: `Delete ${instance.name}`,
      late: `${instance.name} was not deleted`,
      target: unmade(this.#scene, instance.name),
      of: makes(instance),
      within: this.#scene.app.within.remove,
    };
  }
}

function making({ details, spots, secrets }: NewInstance): { readonly [key: string]: Json } {
  return {
    details,
    spots: spots.map((spot) => ({ ...spot })),
    secrets: secrets.map((secret) => ({ ...secret })),
  };
}

import type { App } from '../../core/deploy/app.ts';
import type { FoundPlace, OldBackend } from '../../core/deploy/scene.ts';
import type { Serving, ServingBackend, ServingInstance } from '../../core/deploy/serving.ts';
import type { Services } from '../client/services.ts';
import { ifReadable } from '../details.ts';
import { othersIn } from './others.ts';
import { compartmentOf, foundAt, instancesOf, oldOf, type SurveyGround, targetOf } from './survey.ts';

/** How an app serves now. Rejects with a CloudError; throws a Refusal for a compartment that is not there. */
export async function servingOf(ground: SurveyGround, app: App): Promise<Serving> {
  const compartmentId = await compartmentOf(ground, app, app.compartment);
  const withFailed = { ...app, find: { ...app.find, states: [...app.find.states, 'FAILED'] } };
  const [{ own }, found] = await Promise.all([
    instancesOf(ground, withFailed, compartmentId),
    Promise.all(app.places.map((place) => foundAt(ground, app, place))),
  ]);
  const places = found.flatMap(({ place }) => place ?? []);
  const instances = own.map(async (instance): Promise<ServingInstance> => {
    const target = targetOf(app, instance);
    const [image, { backends }] = await Promise.all([
      ifReadable(imageOf(ground.services, target)),
      oldOf(ground, app, instance, found),
    ]);
    return {
      target,
      ...(image === undefined ? {} : { image }),
      backends: await Promise.all(backends.map((each) => withHealth(ground, app, places[each.place], each))),
    };
  });
  const seen = await Promise.all(instances);
  return {
    instances: seen,
    places,
    others: othersIn(found, seen).map(({ place, name }) => ({ place, name })),
    faults: found.flatMap(({ fault }) => fault ?? []),
  };
}

/** What the first container was made with: the others stand beside it. Rejects with a CloudError. */
export async function imageOf(
  { containers }: Services,
  { region, ocid }: Pick<ServingInstance['target'], 'region' | 'ocid'>,
): Promise<string | undefined> {
  const { containerInstance } = await containers.read('GetContainerInstance', region, (client) =>
    client.getContainerInstance({ containerInstanceId: ocid }),
  );
  const [first] = containerInstance.containers;
  if (!first) return undefined;
  const { container } = await containers.read('GetContainer', region, (client) =>
    client.getContainer({ containerId: first.containerId }),
  );
  return container.imageUrl;
}

async function withHealth(
  { balancers }: SurveyGround,
  { region }: App,
  place: FoundPlace | undefined,
  backend: OldBackend,
): Promise<ServingBackend> {
  if (!place) return backend;
  const { kind, balancer, set } = place;
  const health = await ifReadable(
    balancers[kind].health({ region, ocid: balancer.ocid, set, name: backend.name }),
  );
  return { ...backend, ...(health === undefined ? {} : { health: health.is }) };
}

import type { App, Hook } from '../core/deploy/app.ts';
import { detailsOf, hookDetails, type On } from '../core/deploy/details.ts';
import { hookTag, nameFor } from '../core/deploy/finder.ts';
import { parseImage } from '../core/deploy/image.ts';
import type { Release } from '../core/deploy/release.ts';
import type { NewInstance, Scene, Spot } from '../core/deploy/scene.ts';
import type { FoundImage, Survey } from '../core/deploy/survey.ts';
import type { Target } from '../core/target.ts';
import { spotsIn } from './room.ts';

/** What a release of an app comes to where it is to be. Throws a Refusal where limits leave no room for it. */
export function sceneOf(
  app: App,
  release: Release,
  {
    image,
    survey,
    strangers,
  }: { readonly image: FoundImage; readonly survey: Survey; readonly strangers: Scene['strangers'] },
): Scene {
  const spots = spotsIn(app, survey);
  const anywhere = spots[0] ?? [];
  const fresh = spots.map((each, at): NewInstance => {
    const name = nameFor(app.find, app.name, `v${release.version}-${at + 1}`);
    const on = onOf(app, release, image, survey, { name, spot: each[0], replica: at + 1 });
    return { name, spots: each, ...detailsOf(app.instance, on) };
  });
  const hook = (when: string, one: Hook): NewInstance => {
    const name = `${app.name}-v${release.version}-${when}`;
    const on = onOf(app, release, image, survey, { name, spot: anywhere[0], replica: 1 });
    return {
      name,
      spots: anywhere,
      ...hookDetails(app.instance, one, { ...on, tags: hookTags(app, release) }),
    };
  };
  return {
    app,
    release,
    old: survey.old,
    places: survey.places,
    strangers,
    fresh,
    ...(app.before ? { before: hook('before', app.before) } : {}),
    ...(app.after ? { after: hook('after', app.after) } : {}),
  };
}

function onOf(
  app: App,
  release: Release,
  image: FoundImage,
  { compartmentId, subnets }: Survey,
  {
    name,
    spot,
    replica,
  }: { readonly name: string; readonly spot: Spot | undefined; readonly replica: number },
): On {
  const [first, ...others] = app.instance.containers;
  if (!first || !spot) throw new Error(`${app.name} has no container, or nowhere to be`);
  // a hook that names no image of its own runs what is deployed
  const images = [
    first,
    ...others,
    ...(app.before ? [app.before.container] : []),
    ...(app.after ? [app.after.container] : []),
  ]
    .filter(({ image: named }) => named === first.image)
    .map((each) => [each.name, image.pinned] as const);
  return {
    name,
    compartmentId,
    availabilityDomain: spot.availabilityDomain,
    ...(spot.faultDomain === undefined ? {} : { faultDomain: spot.faultDomain }),
    subnetIds: (subnet) => subnets[subnet] ?? subnet,
    images: Object.fromEntries(images),
    tags: { ...plainTags(app), 'lamplighter-app': app.name, 'lamplighter-version': String(release.version) },
    placeholders: {
      app: app.name,
      version: String(release.version),
      tag: parseImage(release.image)?.tag ?? '',
      replica: String(replica),
      region: app.region,
    },
    environment: release.environment,
  };
}

/** The app's finder has to find what is made next time. */
function plainTags({ find }: App): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(find.tags).filter(([key, value]) => !value.includes('*') && !key.includes('.')),
  );
}

/** A hook is not of those that the app's finder finds. */
function hookTags({ name }: App, { version }: Release): Readonly<Record<string, string>> {
  return { [hookTag]: name, 'lamplighter-version': String(version) };
}

/** A new instance as rules judge it. */
export function targetOf(app: App, { compartmentId, targets }: Survey, { name }: NewInstance): Target {
  const { region, compartment, instance } = app;
  return {
    kind: 'container-instance',
    ocid: `new:${name}`,
    name,
    region,
    compartment: { ocid: compartmentId, path: compartment },
    // what the old ones are tagged with is what the app is, as far as the file does not say otherwise
    tags: { ...targets[0]?.tags, ...instance.definedTags, ...instance.tags, ...plainTags(app) },
    state: 'ABSENT',
  };
}

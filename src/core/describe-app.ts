import type { App } from './deploy/app.ts';
import { versionWords } from './deploy/history.ts';
import { imageText, parseImage } from './deploy/image.ts';
import type { Released } from './deploy/release.ts';
import type { FoundPlace } from './deploy/scene.ts';
import { type Serving, type ServingBackend, type ServingInstance, serves } from './deploy/serving.ts';
import { describe, mention, person } from './describe.ts';
import type { Operation } from './operation.ts';
import type { Block, Report, Span, Text, Tone } from './report.ts';
import { listed } from './text.ts';

/** All that is told of an app as it is now. */
export interface AppNow {
  readonly app: App;
  readonly serving: Serving;
  /** What was deployed of it, newest first. */
  readonly releases: readonly Released[];
  /** Who locked it, if anybody did. */
  readonly hold?: Held;
  /** What took all of its instances away, since it was deployed last. */
  readonly retired?: Operation;
  /** What changes it, or waits for somebody's word to do so; newest first. */
  readonly busy: readonly Operation[];
}

export interface Held {
  /** An actor's id. */
  readonly by: string;
  readonly at: number;
  readonly because: string;
}

/** What runs of an app, who brought it there, how its instances do, and what stands in the way of a deploy. Pure. */
export function describeApp(now: AppNow): Report {
  const { hold, busy, serving } = now;
  const running = runningOf(now);
  return {
    title: titleOf(now, running),
    tone: toneOf(now),
    blocks: [
      ...(hold ? [text(lockedText(hold))] : []),
      ...busy.map(underWay),
      ...serving.faults.map(text),
      ...running.flatMap((each) => [
        ...(running.length > 1 ? [{ type: 'heading', text: each.name } as const] : []),
        factsOf(each),
      ]),
      ...(serving.instances.length > 0 ? [tableOf(now)] : lastOf(now)),
      ...notesOf(now),
    ],
  };
}

/** `Locked by @ana 2026-11-26 08:44 UTC: the sale is on`. */
export function lockedText({ by, at, because }: Held): Text {
  return ['Locked by ', mention(by), ' ', { time: at }, `: ${because}`];
}

/** `Retired by @ana 2026-11-26 08:44 UTC · op-9` */
export function retiredText({ id, actor, createdAt, startedAt = createdAt }: Operation): Text {
  return ['Retired by ', person(actor), ' ', { time: startedAt }, ' · ', { code: id }];
}

/** `version 3, 1.4.2`: the tag alone where the repository is the app's own. */
export function namedOf({ version, image }: Pick<Released, 'version' | 'image'>, app: App): string {
  return `version ${version}, ${shortImage(image, app)}`;
}

/** What serves under one name. */
interface Running {
  readonly name: string;
  readonly image?: string;
  readonly release?: Released;
}

/** Newest first as names go; what was not deployed through the bot has its image for a name. */
function runningOf({ app, serving, releases }: AppNow): readonly Running[] {
  const found = new Map<string, Running>();
  for (const instance of serving.instances.filter((each) => serves(each, serving))) {
    const running = runningIn(instance, app, releases);
    found.set(running.name, running);
  }
  return [...found.values()].sort((a, b) => (b.release?.version ?? 0) - (a.release?.version ?? 0));
}

function runningIn({ target, image }: ServingInstance, app: App, releases: readonly Released[]): Running {
  const version =
    target.tags['lamplighter-app'] === app.name ? target.tags['lamplighter-version'] : undefined;
  const release = releases.find((each) => String(each.version) === version);
  const made = image === undefined ? {} : { image };
  if (release) return { name: namedOf(release, app), release, ...made };
  if (image === undefined)
    return { name: version === undefined ? 'an image that I cannot read' : `version ${version}` };
  return { name: shortImage(image, app), image };
}

function shortImage(image: string, app: App): string {
  const reference = parseImage(image);
  if (!reference) return image;
  const own = parseImage(app.instance.containers[0]?.image ?? '');
  const isOwn = own?.registry === reference.registry && own.repository === reference.repository;
  if (!isOwn) return imageText(reference);
  return reference.tag ?? reference.digest?.slice(0, 19) ?? imageText(reference);
}

function titleOf({ app, serving }: AppNow, running: readonly Running[]): string {
  const { instances } = serving;
  if (instances.length === 0) return `${app.name} has no instances.`;
  const well = instances.filter((each) => serves(each, serving)).length;
  const what = running.map(({ name }) => name).join(' and ');
  const how = serving.places.length > 0 ? 'healthy and in traffic' : 'up';
  const of = `${well} of ${instances.length} ${instances.length === 1 ? 'instance' : 'instances'}`;
  const counted = `${of} ${well === 1 || instances.length === 1 ? 'is' : 'are'} ${how}`;
  return well === 0 ? `Nothing of ${app.name} serves: ${counted}.` : `${app.name} runs ${what}: ${counted}.`;
}

function toneOf({ app, serving, busy }: AppNow): Tone {
  const { instances, faults } = serving;
  const well = instances.filter((each) => serves(each, serving)).length;
  const isShort = instances.length > 0 && well < Math.max(1, app.minimum);
  if (isShort || faults.length > 0) return 'warning';
  return busy.some(({ status }) => status !== 'waiting') ? 'running' : 'plain';
}

/** The sentence that its own message begins with. */
function underWay(operation: Operation): Block {
  const { title } = describe(operation);
  const said: readonly Span[] = typeof title === 'string' ? [title] : title;
  return text([{ code: operation.id }, ' ', ...said]);
}

function factsOf({ image, release }: Running): Block {
  const { digest = parseImage(image ?? '')?.digest } = release ?? {};
  const named = release?.image ?? image;
  return {
    type: 'fields',
    fields: [
      ...(named === undefined ? [] : [{ label: 'Image', value: [{ code: named }] }]),
      ...(digest === undefined ? [] : [{ label: 'Digest', value: [{ code: digest.slice(0, 19) }] }]),
      { label: 'Deployed', value: release ? deployedText(release) : 'not through me' },
    ],
  };
}

/** What could be brought back, where nothing is left. */
function lastOf({ app, releases, retired }: AppNow): readonly Block[] {
  const release = releases.find(({ outcome }) => outcome === 'succeeded');
  const gone = retired ? [text(retiredText(retired))] : [];
  if (!release) return gone;
  return [
    ...gone,
    { type: 'heading', text: `It ran last: ${namedOf(release, app)}` },
    factsOf({ name: '', release }),
  ];
}

function deployedText({ by, at, strategy, operation, back }: Released): Text {
  const again = back === undefined ? '' : `, to bring ${versionWords(back)} back`;
  return ['by ', mention(by), ' ', { time: at }, ` · ${strategy}${again} · `, { code: operation }];
}

function tableOf({ app, serving, releases }: AppNow): Block {
  return {
    type: 'table',
    columns: ['Instance', 'State', 'Runs', ...serving.places.map(placeName)].map((label) => ({ label })),
    rows: serving.instances.map((instance) => [
      instance.target.name,
      instance.target.state,
      runningIn(instance, app, releases).name,
      ...serving.places.map((_place, at) => placeText(instance.backends.filter(({ place }) => place === at))),
    ]),
  };
}

function placeName({ set, balancer }: FoundPlace): string {
  return `${set} of ${balancer.name}`;
}

function placeText(backends: readonly ServingBackend[]): string {
  return backends.map(backendText).join('; ') || 'no backend';
}

/** `OK, weight 3`, `OK, drained`. */
function backendText({ health, weight, drain, offline, backup }: ServingBackend): string {
  return [
    health ?? 'not known yet',
    ...(drain ? ['drained'] : []),
    ...(offline ? ['offline'] : []),
    ...(backup ? ['backup'] : []),
    ...(weight === 1 ? [] : [`weight ${weight}`]),
  ].join(', ');
}

function notesOf({ app, serving, busy }: AppNow): readonly Block[] {
  const { instances, places, others } = serving;
  const all = instances.length;
  const isSettled = busy.every(({ status }) => status === 'waiting');
  return [
    ...(isSettled && all !== app.replicas
      ? [note(`lamplighter.yml wants ${app.replicas}, and there ${all === 1 ? 'is' : 'are'} ${all}.`)]
      : []),
    ...places.flatMap((place, at) => {
      const names = others.filter((each) => each.place === at).map(({ name }) => name);
      const has = `${placeName(place)} also has ${listed(names)}, of which I find no instance of ${app.name}.`;
      return names.length > 0 ? [note(has)] : [];
    }),
  ];
}

function text(content: Text): Block {
  return { type: 'text', text: content };
}

function note(content: Text): Block {
  return { type: 'note', text: content };
}

import type { App, Gate, Threshold } from '../../core/deploy/app.ts';
import { placeholdersOf, strayPlaceholder } from '../../core/deploy/placeholders.ts';
import { opposite, overlap, showThreshold } from '../../core/deploy/threshold.ts';
import { showDuration } from '../../core/duration.ts';
import type { Found } from '../reading/found.ts';
import type { FileGate } from './gate-schema.ts';
import type { AppParts, Part } from './parts.ts';

/** The gates of an app, from what is written. */

const second = 1000;
const minute = 60 * second;

export function gateOf(written: FileGate): Gate {
  const { name, failures, observeOnly, metric, http, pass, namespace, person } = written;
  const { every, delay } = timesOf(written);
  const common = { name, every, delay, failures, observeOnly };
  if (metric !== undefined && pass && namespace !== undefined)
    return { ...common, type: 'metric', namespace, query: metric, pass, fail: failOf(written, pass) };
  if (http !== undefined)
    return {
      ...common,
      type: 'http',
      url: http,
      code: written.code ?? 200,
      timeout: written.timeout ?? 5 * second,
    };
  return person ? { ...common, type: 'person', from: person } : { ...common, type: 'health' };
}

function timesOf({ metric, every, delay }: Partial<FileGate>): {
  readonly every: number;
  readonly delay: number;
} {
  const slow = metric !== undefined;
  return { every: every ?? (slow ? minute : 10 * second), delay: delay ?? (slow ? 3 * minute : 0) };
}

/** A gate without its opposite is refused before it is made. */
function failOf({ fail }: FileGate, pass: Threshold): Threshold {
  return fail ?? opposite(pass) ?? pass;
}

export function unsafeGates({ gates, places, written: app }: AppParts): readonly Found[] {
  const names = gates.map(({ written }) => written.name);
  return gates.flatMap((gate, index) => [
    ...(gate.written.name !== undefined && names.indexOf(gate.written.name) < index
      ? [
          {
            path: [...gate.path, 'name'],
            sentence: `"${gate.written.name}" is the name of two gates; give each its own`,
          },
        ]
      : []),
    ...misplaced(gate),
    ...unsafeMetric(gate),
    ...unsafeAddress(gate),
    ...unasked(gate, app.loadBalancer !== undefined || places.length > 0),
    ...unseen(gate, app),
  ]);
}

/** Keys that belong to another kind of gate. */
function misplaced({ written, path }: Part<FileGate>): readonly Found[] {
  const belongs = {
    metric: ['namespace', 'pass', 'fail'],
    http: ['code', 'timeout'],
  } as const;
  return (['metric', 'http'] as const).flatMap((kind) =>
    belongs[kind]
      .filter((key) => written[kind] === undefined && written[key] !== undefined)
      .map((key) => ({ path: [...path, key], sentence: `should be left out: it belongs to ${kind}` })),
  );
}

function unsafeMetric({ written, path }: Part<FileGate>): readonly Found[] {
  const { metric, namespace, pass, fail } = written;
  if (metric === undefined) return [];
  const found: Found[] = [];
  const stray = strayPlaceholder(metric, placeholdersOf.query);
  if (stray) found.push({ path: [...path, 'metric'], sentence: stray });
  if (namespace === undefined)
    found.push({
      path: [...path, 'namespace'],
      sentence: 'is missing; it should be a namespace of OCI Monitoring such as oci_lbaas',
    });
  if (!pass)
    found.push({
      path: [...path, 'pass'],
      sentence: 'is missing; it should be a threshold such as "< 1"',
    });
  else if (fail && overlap(pass, fail))
    found.push({
      path: [...path, 'fail'],
      sentence: `is ${showThreshold(fail)}, and pass is ${showThreshold(pass)}: some values would be both`,
    });
  else if (!fail && !opposite(pass))
    found.push({
      path: [...path, 'fail'],
      sentence: `is missing; pass is ${showThreshold(pass)}, which leaves open what is a failure`,
    });
  return found;
}

function unsafeAddress({ written: { http }, path }: Part<FileGate>): readonly Found[] {
  if (http === undefined) return [];
  const stray = strayPlaceholder(http, placeholdersOf.url);
  if (stray) return [{ path: [...path, 'http'], sentence: stray }];
  if (URL.canParse(http.replace(/\{[a-z]+\}/g, '1'))) return [];
  return [{ path: [...path, 'http'], sentence: `"${http}" is not an address` }];
}

function unasked({ written: { health }, path }: Part<FileGate>, balanced: boolean): readonly Found[] {
  if (!health || balanced) return [];
  const sentence = 'asks the load balancer, and the app has no loadBalancer';
  return [{ path: [...path, 'health'], sentence }];
}

/** A gate that nothing leaves time for would be looked at never, and pass for want of a look. */
function unseen(
  { written, path }: Part<FileGate>,
  { bake, strategy }: AppParts['written'],
): readonly Found[] {
  if (
    bake === undefined ||
    !strategy ||
    written.person ||
    (!written.metric && !written.http && !written.health)
  )
    return [];
  const { every, delay } = timesOf(written);
  const holds = strategy.type === 'canary' ? strategy.steps.map(({ hold }) => hold) : [];
  const longest = Math.max(bake, ...holds);
  if (delay + every <= longest) return [];
  const when = `is looked at ${showDuration(delay)} after a step and every ${showDuration(every)}`;
  const most = `${longest === bake ? 'the bake' : 'the longest step'} of ${showDuration(longest)}`;
  return [{ path, sentence: `${when}, but nothing lasts longer than ${most}: it would decide nothing` }];
}

/** Gates that are valid but tell less than one thinks. */
export function gateDoubts(app: App, { gates }: AppParts): readonly Found[] {
  const found = app.gates.flatMap((gate, index) => {
    const path = gates[index]?.path ?? [];
    return [...early(gate, path), ...mixed(app, gate, path), ...late(app, gate, path)];
  });
  return found;
}

function early(gate: Gate, path: Part<FileGate>['path']): readonly Found[] {
  if (gate.type !== 'metric' || gate.delay >= 3 * minute) return [];
  const sentence = `is ${showDuration(gate.delay)}, and OCI Monitoring often needs 3 min until it has a value: there would be no data, and a person would be asked`;
  return [{ path: [...path, 'delay'], sentence }];
}

/** Metrics of load balancers are of a whole backend set. */
function mixed({ strategy }: App, gate: Gate, path: Part<FileGate>['path']): readonly Found[] {
  if (strategy.type !== 'canary' || gate.type !== 'metric' || !/^oci_(lbaas|nlb)$/.test(gate.namespace))
    return [];
  const first = strategy.steps[0]?.share ?? 100;
  const sentence = `counts old and new instances of a backend set together: at ${first} % of the traffic, what the new ones do wrong is hardly seen. A metric of the app’s own, with its version as a dimension, tells them apart`;
  return [{ path: [...path, 'metric'], sentence }];
}

/** Steps of a canary that end before the gate is looked at. */
function late({ strategy }: App, gate: Gate, path: Part<FileGate>['path']): readonly Found[] {
  if (strategy.type !== 'canary' || gate.type === 'person') return [];
  const short = strategy.steps.find(({ hold }) => hold > 0 && hold < gate.delay);
  if (!short) return [];
  const sentence = `is looked at ${showDuration(gate.delay)} after a step, and the canary leaves ${short.share} % after ${showDuration(short.hold)}: that step passes without it`;
  return [{ path: [...path, 'delay'], sentence }];
}

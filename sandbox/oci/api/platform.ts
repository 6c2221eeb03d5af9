import { type Call, one, type Reply, type Route } from '../call.ts';
import { incorrectState } from '../errors.ts';
import { openWork, send } from '../lifecycle.ts';
import { chosen } from '../pages.ts';
import type { PoweredResource } from '../resources/platform.ts';
import type { PlatformService, WorkAction } from '../resources/resources.ts';

/** What differs from one platform service to the next. */
export interface Powered<R extends PoweredResource> {
  /** All in the region, and the one of the path. */
  readonly all: (call: Call) => readonly R[];
  readonly find: (call: Call) => R;
  readonly service: PlatformService;
  /** The SDK client without "Client". */
  readonly client: string;
  /** As operations call one and several: `VbInstance`, `VbInstances`. */
  readonly noun: string;
  readonly nouns: string;
  /** `/vbInstances` and the parameter of one: `vbInstanceId`. */
  readonly path: string;
  readonly param: string;
  readonly reply: (
    call: Call,
    all: readonly R[],
    idOf: (item: R) => string,
    view: (item: R) => object,
  ) => Reply;
  readonly start: Switch;
  readonly stop: Switch;
  readonly summary: (resource: R) => object;
  readonly view: (resource: R) => object;
}

/** One of start and stop: where it leads, what it passes through and what its work request is called. */
export interface Switch {
  readonly to: string;
  readonly through: string;
  /** The finer state of services that have one. */
  readonly subState?: string;
  readonly operationType: string;
  readonly actionType: WorkAction;
}

/** List, get, start and stop of one platform service. Both switches answer 202 with a work request. */
export function poweredRoutes<R extends PoweredResource>(of: Powered<R>): Route[] {
  const { service, client, noun, nouns, path, param } = of;
  const onePath = `${path}/{${param}}`;
  const turn = (name: string, to: Switch, from: Switch): Route => ({
    operation: `${client}.${name}${noun}`,
    service,
    method: 'POST',
    path: `${onePath}/actions/${name.toLowerCase()}`,
    retryToken: true,
    handle: (call) => switched(call, of, to, from.to),
  });
  return [
    {
      operation: `${client}.List${nouns}`,
      service,
      method: 'GET',
      path,
      handle: (call) => {
        const compartmentId = call.compartment();
        const all = of.all(call).filter((each) => each.compartmentId === compartmentId);
        return of.reply(call, chosen(call, all), (each) => each.ocid, of.summary);
      },
    },
    {
      operation: `${client}.Get${noun}`,
      service,
      method: 'GET',
      path: onePath,
      handle: (call) => {
        const resource = of.find(call);
        return one(resource, of.view(resource));
      },
    },
    turn('Start', of.start, of.stop),
    turn('Stop', of.stop, of.start),
  ];
}

function switched<R extends PoweredResource>(
  call: Call,
  { find, service }: Powered<R>,
  { to, through, subState, operationType, actionType }: Switch,
  from: string,
): Reply {
  const resource: PoweredResource = find(call);
  call.checkEtag(resource);
  if (resource.lifecycleState !== from)
    throw incorrectState(
      `${operationType} needs ${resource.ocid} to be ${from}; it is ${resource.lifecycleState}.`,
    );
  if ('subState' in resource || subState) Object.assign(resource, { subState });
  const { platformStart, platformStop } = call.times;
  const lasts = to !== 'ACTIVE' ? platformStop : platformStart;
  const finished = send(call, resource, { through: [{ state: through, for: lasts }], to });
  return {
    status: 202,
    headers: openWork(call, { service, operationType, actionType, resource, finished }),
  };
}

/** What every view of a platform service has. */
export function tags({ freeformTags, definedTags }: PoweredResource): object {
  return { freeformTags, definedTags, systemTags: {} };
}

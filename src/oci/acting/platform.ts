import type { Details } from '../../core/cloud.ts';
import type { Step } from '../../core/plan.ts';
import type { Kind } from '../../core/target.ts';
import type { ActContext, Verbs } from '../../core/verb.ts';
import type { Adapter, Seen } from '../adapter.ts';
import { ifMatch, powerVerb, receiptOf } from './verbs.ts';
import type { WorkFollower } from './work-requests.ts';

/** What goes into every request that acts. */
export interface ActHeaders {
  readonly opcRetryToken: string;
  readonly ifMatch?: string;
}

type Send = (
  step: Step,
  headers: ActHeaders,
  signal: AbortSignal,
) => Promise<Parameters<typeof receiptOf>[0]>;

/** What differs from one platform service to the next. `Full` is the SDK's model of one. */
export interface Platform<Full> {
  readonly kind: Kind;
  /** The same in Resource Search and in OCIDs. */
  readonly type: string;
  readonly grant: string;
  readonly permission: string;
  readonly work: WorkFollower;
  list(region: string, compartmentId: string): Promise<readonly Seen[]>;
  get(region: string, ocid: string): Promise<{ readonly full: Full; readonly seen: Seen }>;
  describe(full: Full): Details;
  readonly start: Send;
  readonly stop: Send;
  /** Verbs beside start and stop. */
  readonly more?: Verbs;
}

/** A platform service that is started and stopped as a whole. Its calls take a retry token and make work requests. */
export function platformAdapter<Full>(of: Platform<Full>): Adapter {
  const { kind, type, grant, permission, work } = of;
  const get = async (region: string, ocid: string) => (await of.get(region, ocid)).seen;
  const verb = (act: 'start' | 'stop') =>
    powerVerb(
      {
        act,
        permission,
        send: async (step, context) => receiptOf(await of[act](step, actHeaders(context), context.signal)),
      },
      { repeatable: true, work, get },
    );
  return {
    kind,
    searchType: type,
    ocidType: type,
    grant,
    list: of.list,
    roll: { acts: ['start', 'stop'] },
    get,
    details: async ({ region, ocid }) => of.describe((await of.get(region, ocid)).full),
    verbs: { [`${kind}.start`]: verb('start'), [`${kind}.stop`]: verb('stop'), ...of.more },
  };
}

export function actHeaders(context: ActContext): ActHeaders {
  return { opcRetryToken: context.token, ...ifMatch(context) };
}

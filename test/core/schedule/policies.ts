import type { Edge, Policy, Timetable } from '../../../src/core/schedule/model.ts';
import { parseSelector } from '../../../src/core/selector.ts';
import type { Target } from '../../../src/core/target.ts';

const hour = 3_600_000;

/** Up from 7 to 19 UTC each day. */
export const daily: Timetable = {
  text: '07:00-19:00 UTC',
  zone: 'UTC',
  at: (moment) => {
    const up = new Date(moment).getUTCHours() >= 7 && new Date(moment).getUTCHours() < 19;
    return { want: up ? 'up' : 'down', because: up ? 'the day' : 'the night' };
  },
  edges: (from, to) => {
    const edges: Edge[] = [];
    for (let at = Math.floor(from / hour) * hour; at <= to; at += hour) {
      const hours = new Date(at).getUTCHours();
      if (at > from && (hours === 7 || hours === 19))
        edges.push({ at, want: hours === 7 ? 'up' : 'down', because: 'its hour' });
    }
    return edges;
  },
};

export function policy(name: string, what: readonly string[], other: Partial<Policy> = {}): Policy {
  return {
    name,
    place: `lamplighter.yml:${name.length}`,
    what: what.map((terms) => parseSelector(terms.split(' '))),
    except: [],
    groups: [{ name: 'all', what: [parseSelector([])], dimming: { act: 'stop' } }],
    timetable: daily,
    enforced: false,
    protects: false,
    warning: 0,
    atMost: 50,
    longestKeep: 12 * hour,
    settleIn: 0,
    ...other,
  };
}

export function resource(
  name: string,
  tags: Readonly<Record<string, string>>,
  other: Partial<Target> = {},
): Target {
  return {
    kind: 'instance',
    ocid: `ocid1.instance.oc1.eu-frankfurt-1.${name}`,
    name,
    region: 'eu-frankfurt-1',
    compartment: { ocid: 'ocid1.compartment.oc1..shop', path: 'shop/dev' },
    tags,
    state: 'RUNNING',
    ...other,
  };
}

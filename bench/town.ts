/** Ten thousand resources and the five hundred policies of their teams, as they are in the middle of a working day. */

import type { Situation } from '../src/core/schedule/deciding/situation.ts';
import { readTimetable } from '../src/core/schedule/language/timetable.ts';
import type { Memory, Policy, Timetable } from '../src/core/schedule/model.ts';
import { parseSelector } from '../src/core/selector.ts';
import type { Target } from '../src/core/target.ts';

const hour = 3_600_000;
const zones = ['Europe/Amsterdam', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC'];
const whens = [
  'Mon-Fri 07:30-20:00',
  'daily 22:00-06:00',
  'weekdays 08:00-12:00 13:00-17:30',
  'stop 20:00, start 07:00',
  'Mon-Thu 07:00-19:00, Fri 07:00-17:00, last Fri closed',
  'start cron(0 7 * * 1-5), stop cron(0 19 * * 1-5)',
];

export const policies = 500;
export const resources = 10_000;
export const now = Date.parse('2026-11-25T14:00Z');

/** The timetables are read anew each time, so that nothing is known of them yet. */
export function town(): Situation {
  const all = Array.from({ length: policies }, (_, at) => policyOf(at));
  const targets = Array.from({ length: resources }, (_, at) => targetOf(at));
  return {
    now,
    policies: all,
    targets,
    keeps: targets
      .filter((_, at) => at % 100 === 0)
      .map(({ ocid }, at) => ({
        id: `keep-${at}`,
        ocid,
        want: 'up',
        at: now - hour,
        until: now + hour,
        by: 'U1',
      })),
    pauses: [],
    memory: new Map(targets.map((target, at) => [target.ocid, memoryOf(target, at)])),
    controllers: new Map(),
    busy: new Set(),
  };
}

function timetableOf(at: number): Timetable {
  const written = `${whens[at % whens.length]} ${zones[at % zones.length]}`;
  const read = readTimetable(
    at % 4 === 0 ? [written, `2026-12-25 closed ${zones[at % zones.length]}`] : written,
  );
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.value;
}

function policyOf(at: number): Policy {
  return {
    name: `policy-${at}`,
    place: `policies/team-${at % 50}.yml:${at}`,
    what: [parseSelector([`app=app-${at}`, 'env=dev,test'])],
    except: [parseSelector([`name=app-${at}-*-fixed`])],
    groups: ['data', 'web'].map((name) => ({
      name,
      what: [parseSelector(name === 'data' ? ['tier=data'] : [])],
      dimming: { act: 'stop' },
    })),
    timetable: timetableOf(at),
    enforced: at % 10 === 0,
    protects: at % 97 === 0,
    warning: hour / 4,
    atMost: 50,
    longestKeep: 12 * hour,
    settleIn: hour,
  };
}

function targetOf(at: number): Target {
  const app = `app-${at % (policies + 50)}`;
  return {
    kind: 'instance',
    ocid: `ocid1.instance.oc1.eu-frankfurt-1.${at}`,
    name: `${app}-${at}`,
    region: at % 2 === 0 ? 'eu-frankfurt-1' : 'eu-amsterdam-1',
    compartment: { ocid: 'ocid1.compartment.oc1..shop', path: 'shop/dev' },
    tags: { app, env: at % 3 === 0 ? 'test' : 'dev', tier: at % 5 === 0 ? 'data' : 'web' },
    state: at % 4 === 0 ? 'STOPPED' : 'RUNNING',
  };
}

function memoryOf({ ocid }: Target, at: number): Memory {
  return {
    ocid,
    policy: `policy-${at % (policies + 50)}`,
    edge: now - 24 * hour,
    want: 'up',
    decidedAt: now - 24 * hour,
    because: 'the window begins',
    outcome: 'done',
    tries: 0,
    firstSeen: now - 240 * hour,
    flips: [],
  };
}

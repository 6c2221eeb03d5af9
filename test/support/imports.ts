import { importTags } from '../../src/core/schedule/tags/import.ts';
import { importReport } from '../../src/core/schedule/tags/import-report.ts';
import type { Target } from '../../src/core/target.ts';

/** A tenancy of people who come from OCI-AutoScale. */

const office = '0,0,0,0,0,0,0,0,1,1,1,1,1,1,1,1,1,1,0,0,0,0,0,0';
const byDay = '0,0,0,0,0,0,0,0,*,*,*,*,*,*,*,*,0,0,0,0,0,0,0,0';
const off = '0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0';
const sizes = '0,0,0,0,0,0,2,2,2,4,4,4,4,4,4,4,4,2,2,0,0,0,0,0 # month end is long';

const one = (name: string, tags: Target['tags'], more: Partial<Target> = {}): Target => ({
  kind: 'instance',
  ocid: `ocid1.${more.kind ?? 'instance'}.oc1.eu-frankfurt-1.${name.replace(/\W/g, '')}`,
  name,
  region: 'eu-frankfurt-1',
  compartment: { ocid: 'ocid1.compartment.oc1..data', path: 'data' },
  tags,
  state: 'RUNNING',
  ...more,
});

export const taggedTargets: readonly Target[] = [
  one('web-1', { 'Schedule.WeekDay': office, 'Schedule.Weekend': off }),
  one('web-2', { 'Schedule.AnyDay': off, 'Schedule.WeekDay': office }),
  one('bastion', { 'Schedule.WeekDay': office, 'Schedule.Weekend': off }, { kind: 'mysql' }),
  one('bastion', {}, { region: 'eu-amsterdam-1', ocid: 'ocid1.instance.oc1.eu-amsterdam-1.bastion' }),
  one('sandpit "b" <&>', { 'Schedule.AnyDay': byDay }),
  one(
    'etl workers',
    { 'Schedule.AnyDay': sizes, 'Schedule.DayOfMonth': '1:6,31:6' },
    { kind: 'instance-pool' },
  ),
  one('warehouse', { 'Lamplighter.Schedule': 'Mon-Fri 07:30-20:00' }, { kind: 'autonomous-database' }),
  one('far-away', { 'Lamplighter.Schedule': 'start 07:00, stop 19:00' }, { region: 'xx-nowhere-1' }),
  one('mixed-1', { 'Schedule.AnyDay': byDay, 'Schedule.Sunday1': off }),
  one('broken-1', { 'Schedule.AnyDay': `${off},0`, 'Schedule.Monday': off.replace('0', 'on') }),
  one('broken-2', { 'Lamplighter.Schedule': 'Mon-Fri 07:30-25:00' }),
  one('quiet-1', { env: 'dev' }),
];

export function imported(targets: readonly Target[] = taggedTargets, zone?: string) {
  return importTags(targets, { all: taggedTargets, zone, taken: ['From-Tags-2', 'shop-dev'] });
}

export const importReports = {
  import: importReport(imported(), {
    missing: [{ region: 'eu-zurich-1', because: '503 ServiceUnavailable: try again later' }],
    about: 'what I can see',
  }),
  'import-nothing': importReport(imported([]), { missing: [], about: 'env=dev' }),
};

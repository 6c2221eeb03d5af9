import { Region } from 'oci-common';
import { expect, test } from 'vitest';
import { zoneNamed } from '../../../../src/core/schedule/clock/zone.ts';
import { zoneOfRegion } from '../../../../src/core/schedule/tags/region-zones.ts';

const regions = Region.values().map(({ regionId }) => regionId);

test.each(regions)('%s has a zone that there is', (region) => {
  const zone = zoneOfRegion(region) ?? '';
  expect(zoneNamed(zone)).toBe(zone);
});

test.each([
  ['eu-frankfurt-1', 'Europe/Berlin'],
  ['EU-AMSTERDAM-1', 'Europe/Amsterdam'],
  ['ca-montreal-1', 'America/Toronto'],
  ['us-phoenix-1', 'America/Phoenix'],
  ['ap-hyderabad-1', 'Asia/Kolkata'],
  ['xx-nowhere-1', undefined],
  ['constructor', undefined],
])('%s: %s', (region, zone) => expect(zoneOfRegion(region)).toBe(zone));

import { expect, test } from 'vitest';
import { checkPolicies } from '../../../src/config/schedules/check-policies.ts';
import { now, readAll } from '../reading.ts';

const shop = `team: shop
zone: Europe/Amsterdam
calendars:
  sale: { open: [2026-11-28 Black Friday weekend] }
policies:
  shop-dev: { what: app=shop env=dev, when: Mon-Fri 07:30-20:00, calendars: [public, sale] }
`;

const { contents } = readAll({
  'lamplighter.yml': `version: 1
slack: { announce: C0OPS000 }
rules:
  - { name: dev, who: [schedule], commands: [start, stop], where: { tags: { env: dev } }, allow: true }
calendars: { public: { closed: [12-25 Christmas] } }
policies:
  ops-nights: { what: env=shared, when: Mon-Fri 06:00-22:00 UTC }
`,
  'policies/shop.yml': shop,
});

function checked(text: string, path = 'policies/shop.yml') {
  if (!contents) throw new Error('the files of this test are wrong');
  const { policies, violations, warnings } = checkPolicies(text, path, { settings: contents, now });
  return {
    policies: policies.map(({ place }) => place),
    violations: violations.map(String),
    warnings: warnings.map(String),
  };
}

test('a file may take the place of itself', () => {
  expect(checked(shop)).toEqual({ policies: ['policies/shop.yml:6'], violations: [], warnings: [] });
});

test('and not of another', () => {
  expect(checked(shop, 'copies/shop-2.yml').violations).toEqual([
    'copies/shop-2.yml:4:3 calendars.sale: "sale" is also the name of a calendar at policies/shop.yml:4; give each its own',
    'copies/shop-2.yml:6:3 policies.shop-dev: "shop-dev" is also the name of a policy at policies/shop.yml:6; give each its own',
  ]);
  expect(checked(shop.replace('shop-dev', 'ops-nights')).violations).toEqual([
    'policies/shop.yml:6:3 policies.ops-nights: "ops-nights" is also the name of a policy at lamplighter.yml:7; give each its own',
  ]);
});

test('everything that is wrong is told, as at the start', () => {
  expect(checked('policies:\n  a: { what: "*", when: Mon 10:00-11:00 }\n').violations).toEqual([
    'policies/shop.yml:1:1 team: is missing; it should be the name of the team that owns these policies',
    'policies/shop.yml:2:8 policies.a.what: means every resource there is; narrow it with a tag, a compartment, a kind or a name. Only a policy with protect: true may mean everything',
    'policies/shop.yml:2:19 policies.a.when: "Mon 10:00-11:00" has no zone: write one after it, as in "Mon 10:00-11:00 Europe/Amsterdam", or as zone for all of this file',
  ]);
  expect(checked('[').violations).toHaveLength(1);
  expect(checked('').violations).toEqual([
    'policies/shop.yml:1:1 should be a mapping of keys to values, but is empty',
  ]);
});

test('what is only doubtful is a warning', () => {
  expect(checked(shop.replace('env=dev,', 'env=dev, how: scale to 1,')).warnings).toEqual([
    'policies/shop.yml:6:3 policies.shop-dev: nothing will scale: no rule lets it. Name schedule or schedule:shop-dev in who of a rule with commands: [scale]',
  ]);
  expect(checked(shop.replace('{ open: [2026-11-28 Black Friday weekend] }', '{ file: sale.ics }'))).toEqual({
    policies: ['policies/shop.yml:6'],
    violations: [],
    warnings: [
      'policies/shop.yml:4:11 calendars.sale.file: "sale.ics" is not looked into here: only this file was given to me',
    ],
  });
});

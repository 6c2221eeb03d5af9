import type { Report } from '../../src/core/report.ts';
import { checkReport, mistakesReport } from '../../src/core/schedule/checking/check-report.ts';

/** What is told of policies that were checked. */
export const checkReports: Readonly<Record<string, Report>> = {
  'check-quiet': checkReport({ policies: 3, odd: [], targets: 41, missing: [] }),
  'check-odd': checkReport({
    file: 'policies/shop.yml',
    policies: 1,
    targets: 1,
    missing: [{ region: 'eu-zurich-1', because: '503 ServiceUnavailable' }],
    doubts: [
      {
        places: ['policies/shop.yml:6:3'],
        sentence: 'policies.shop-dev: nothing will stop: no rule lets it.',
      },
    ],
    odd: [
      {
        places: ['policies/shop.yml:6'],
        sentence: 'shop-dev says env=test, which matches nothing that I can see.',
      },
      {
        places: ['policies/shop.yml:6', 'lamplighter.yml:12'],
        sentence:
          'shop-dev and ops-nights are both about web-1: shop-dev wants down at Wed 25 Nov 20:00 Europe/Amsterdam, when ops-nights wants up; ops-nights wins, since up goes before down, and it stays up.',
      },
      { places: [], sentence: '81 more pairs of policies are about the same resources.' },
    ],
  }),
  'check-mistakes': mistakesReport({
    file: 'policies/shop.yml',
    mistakes: [
      { places: ['policies/shop.yml:2:8'], sentence: 'policies.a.what: means every resource there is.' },
      { places: ['policies/shop.yml:2:19'], sentence: 'policies.a.when: "Mon 10:00-11:00" has no zone.' },
    ],
  }),
};

import { change, optionalAfter, word } from '../src/command.ts';
import { planRollback } from '../src/deploying/back.ts';

export default change({
  summary: 'Bring an earlier version of an app back, as it was',
  examples: ['rollback shop', 'rollback shop to 7', 'rollback shop to 1.4.1 --dry-run'],
  impact: 'change',
  args: {
    app: word('app', 'an app of lamplighter.yml', 'apps'),
    to: optionalAfter(
      'to',
      'version',
      'the number of a version, or the tag of its image; the last one that was good if left out',
      { offers: 'releases', per: 'app' },
    ),
  },
  plan: ({ app, to }, look) => planRollback(look, app, to),
});

import { change, optionalAfter, word } from '../src/command.ts';
import { backStrategy, planRollback } from '../src/deploying/back.ts';
import { strategy } from '../src/deploying/words.ts';

export default change({
  summary: 'Bring an earlier version of an app back, as it was',
  examples: [
    'rollback shop',
    'rollback shop to 7',
    'rollback shop to 1.4.1 --dry-run',
    'rollback shop to 7 canary 50 % 1m, 100 %',
  ],
  impact: 'change',
  args: {
    app: word('app', 'an app of lamplighter.yml', 'apps'),
    to: optionalAfter(
      'to',
      'version',
      'the number of a version, or the tag of its image; if left out, the last one that was good and not rolled back from',
      { offers: 'releases', per: 'app' },
    ),
    strategy: strategy('blue-green, all at once,', { label: backStrategy, value: backStrategy }),
  },
  plan: (wish, look) => planRollback(look, wish),
});

import { query, word } from '../../src/command.ts';
import { describeApp } from '../../src/core/describe-app.ts';
import { theApp } from '../../src/deploying/apps.ts';
import { appNow } from '../../src/deploying/now.ts';

export default query({
  summary:
    'Show what runs of an app now: version, image, by whom, how its instances do, and what is under way',
  examples: ['deploy status shop'],
  args: { app: word('app', 'an app of lamplighter.yml', 'apps') },
  run: async ({ app }, look) => describeApp(await appNow(look, theApp(look, app))),
});

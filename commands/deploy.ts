import { change, word } from '../src/command.ts';
import { planDeploy } from '../src/deploying/planning.ts';
import { environment, image, strategy } from '../src/deploying/words.ts';

export default change({
  summary: 'Deploy an app: new instances take the traffic, the old ones go when all is well',
  examples: [
    'deploy shop image=1.4.2',
    'deploy shop image=fra.ocir.io/lamplight/shop-api:1.4.2 --dry-run',
    'deploy shop image=1.4.2 env LOG_LEVEL=debug canary 5 % 10m, 25 % 10m, 100 %',
  ],
  impact: 'change',
  opensForm: true,
  args: {
    app: word('app', 'an app of lamplighter.yml', 'apps'),
    image: image(),
    env: environment(),
    strategy: strategy(),
  },
  plan: ({ env, ...wish }, look) => planDeploy(look, { ...wish, environment: env }),
});

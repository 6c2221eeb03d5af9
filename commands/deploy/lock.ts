import { control, reason, word } from '../../src/command.ts';
import { Refusal } from '../../src/core/refusal.ts';
import { theApp } from '../../src/deploying/apps.ts';

export default control({
  summary: 'Lock an app: nobody deploys it until it is unlocked',
  examples: ['deploy lock shop because the sale is on'],
  args: {
    app: word('app', 'an app of lamplighter.yml', 'apps'),
    because: reason('why, for those who want to deploy'),
  },
  async run({ app: named, because }, look, controls) {
    const app = theApp(look, named);
    if (!because)
      throw new Refusal(
        'Why? Whoever wants to deploy has to know.',
        `For example: deploy lock ${app.name} because the sale is on`,
      );
    const hold = await controls.lock(app.name, because);
    return {
      title: `${app.name} is locked: ${hold.because}`,
      tone: 'success',
      blocks: [
        {
          type: 'note',
          text: [
            'What runs goes on; nothing new is begun. To end it: ',
            { run: `deploy unlock ${app.name}` },
          ],
        },
      ],
    };
  },
});

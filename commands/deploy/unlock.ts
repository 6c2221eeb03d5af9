import { control, word } from '../../src/command.ts';
import { mention } from '../../src/core/describe.ts';
import { theApp } from '../../src/deploying/apps.ts';

export default control({
  summary: 'Unlock an app that somebody locked',
  examples: ['deploy unlock shop'],
  args: { app: word('app', 'an app of lamplighter.yml', 'apps') },
  async run({ app: named }, look, controls) {
    const { name } = theApp(look, named);
    const hold = await controls.unlock(name);
    return {
      title: `${name} may be deployed again.`,
      tone: 'success',
      blocks: [
        {
          type: 'note',
          text: ['It was locked by ', mention(hold.by), ' ', { time: hold.at }, `: ${hold.because}`],
        },
      ],
    };
  },
});

import { control, reason, word } from '../src/command.ts';
import { describe } from '../src/core/describe.ts';
import { deployOf } from '../src/deploying/back.ts';

export default control({
  summary: 'Abort a deploy: the old instances take the traffic again, the new ones are deleted',
  examples: ['abort shop', 'abort op-81 because customers see errors'],
  args: {
    deploy: word('deploy', 'an app that is being deployed, or an operation id', 'deploys'),
    because: reason('why, for those who read the message'),
  },
  async run({ deploy, because }, look, controls) {
    const { id } = await deployOf(look, deploy);
    return { ...describe(await controls.cancel(id, because)), actions: [] };
  },
});

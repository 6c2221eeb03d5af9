import { control, reason, word } from '../src/command.ts';
import { describe } from '../src/core/describe.ts';
import { deployOf } from '../src/deploying/back.ts';

export default control({
  summary: 'Let a deploy that holds or asks go on',
  examples: ['promote shop', 'promote op-81 because the errors are from the load test'],
  args: {
    deploy: word('deploy', 'an app that is being deployed, or an operation id', 'deploys'),
    because: reason('why, for those who read the message'),
  },
  async run({ deploy, because }, look, controls) {
    const { id } = await deployOf(look, deploy);
    return { ...describe(await controls.promote(id, because)), actions: [] };
  },
});

import { query, selector, toggle } from '../src/command.ts';
import { Refusal } from '../src/core/refusal.ts';
import { theTarget } from '../src/targets.ts';

export default query({
  summary: 'Show the latest logs of a container instance',
  examples: ['logs shop-dev-api', 'logs shop-dev-api --previous'],
  args: { target: selector() },
  flags: { previous: toggle('the logs of the containers before their last restart') },
  async run({ target, previous }, look) {
    const found = await theTarget(look, target);
    if (found.kind !== 'container-instance')
      throw new Refusal(
        `${found.name} is not a container instance; OCI keeps no log that I can read for it.`,
        'List those that have one with: list kind:container-instance',
      );
    const logs = await look.cloud.logs(found, { previous });
    return {
      title: `The latest logs of ${found.name}${previous ? ' before its last restart' : ''}.`,
      tone: 'plain',
      blocks: logs.map(({ container, text }) => ({
        type: 'code',
        name: `${container}.log`,
        text: text.trimEnd() || `${container} has written nothing yet.`,
      })),
    };
  },
});

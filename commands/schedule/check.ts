import { optionalWord, query } from '../../src/command.ts';
import { Refusal } from '../../src/core/refusal.ts';
import type { Block } from '../../src/core/report.ts';
import type { Policy } from '../../src/core/schedule/model.ts';
import { survey } from '../../src/core/schedule/survey.ts';
import { everything } from '../../src/core/selector.ts';

export default query({
  summary: 'Check the policies against the resources that there are',
  examples: ['schedule check', 'schedule check policies/shop.yml'],
  args: {
    file: optionalWord('file', 'a file of policies that I was started with; all of them, if left out'),
  },
  async run({ file }, { cloud, lights, now }) {
    const checked = file ? writtenIn(file, lights.policies) : lights.policies;
    const { targets, missing } = await cloud.find(everything);
    const places = new Set(checked.map(({ place }) => place));
    const odd = survey(lights.policies, targets, now).filter((each) =>
      each.places.some((place) => places.has(place)),
    );
    const count = `${checked.length} ${checked.length === 1 ? 'policy' : 'policies'}`;
    return {
      title:
        odd.length === 0
          ? `Nothing is odd about ${count}, with ${targets.length} resources in sight.`
          : `${odd.length} ${odd.length === 1 ? 'thing is' : 'things are'} odd about ${count}.`,
      tone: odd.length + missing.length > 0 ? 'warning' : 'success',
      blocks: [
        ...missing.map(
          ({ region, because }): Block => ({ type: 'text', text: `Not seen: ${region}, ${because}.` }),
        ),
        ...(odd.length > 0
          ? [
              {
                type: 'list',
                items: odd.map(({ places, sentence }) => [{ code: places.join(', ') }, ` ${sentence}`]),
              } as const,
            ]
          : []),
        {
          type: 'note',
          text: 'What is written wrongly keeps me from starting; that is said then, with its line. Slack hands no file to a command: name one that I was started with.',
        },
      ],
    };
  },
});

/** The policies of a file, by its path or its last part. Throws a Refusal where none is. */
function writtenIn(file: string, policies: readonly Policy[]): readonly Policy[] {
  const found = policies.filter(({ place }) => {
    const path = place.replace(/:\d+$/, '');
    return path === file || path.endsWith(`/${file}`);
  });
  if (found.length > 0) return found;
  const files = [...new Set(policies.map(({ place }) => place.replace(/:\d+$/, '')))];
  throw new Refusal(
    `No policy is written in ${file}.`,
    files.length > 0 ? `Policies are written in ${files.join(', ')}.` : 'No policy is written at all.',
  );
}

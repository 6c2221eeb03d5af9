import { control, word } from '../../src/command.ts';
import { coming } from '../../src/core/schedule/meaning.ts';
import { showEdge, showWant } from '../../src/core/schedule/show.ts';
import { thePolicy } from '../../src/targets.ts';

export default control({
  summary: 'End the pause of a policy: it takes up what its timetable wants now',
  examples: ['schedule resume dev-evenings'],
  args: { policy: word('policy', 'the name of a policy', 'policies') },
  async run({ policy: name }, look, controls) {
    const { name: policy, timetable } = thePolicy(look, name);
    await controls.resume(policy);
    const [next] = coming(timetable, look.now, 1);
    return {
      title: `${policy} is no longer paused; it wants ${showWant(timetable.at(look.now).want)} now.`,
      tone: 'success',
      blocks: next ? [{ type: 'note', text: `Next: ${showEdge(next, timetable.zone)}.` }] : [],
    };
  },
});

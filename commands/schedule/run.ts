import { change, optionalOneOf, word } from '../../src/command.ts';

export default change({
  summary: 'Carry a policy out now, as if its hour had come',
  examples: ['schedule run dev-evenings --dry-run', 'schedule run dev-evenings up'],
  impact: 'stop',
  args: {
    policy: word('policy', 'the name of a policy', 'policies'),
    want: optionalOneOf(['up', 'down'], 'which way; what its timetable wants now, if left out'),
  },
  plan: ({ policy, want }, { lights, cloud }) => lights.plan(cloud, policy, want),
});

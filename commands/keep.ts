import { change, moment, oneOf, reason, selector } from '../src/command.ts';
import { planKeep } from '../src/keeping/planning.ts';

const words = ['on', 'off', 'end'] as const;

export default change({
  summary: 'Keep resources on or off until a moment, whatever their schedule says',
  examples: [
    'keep app=shop env=dev on until 22:00',
    'keep web-1 off until Fri 18:00 because the licence is being moved',
    'keep policy:dev-evenings on for 2h --dry-run',
    'keep web-1 end',
  ],
  impact: 'start',
  opensForm: true,
  args: {
    target: selector({
      before: words,
      about: 'a name, name*, key=value, kind:, region:, compartment: or OCID, or policy: and the name of one',
    }),
    want: oneOf(words, 'on or off, which is done now where it is not so; end gives it back to its schedule'),
    until: moment('22:00, tomorrow 07:00, Fri 18:00, 2026-12-01 08:00, or for 2h in its place; not with end'),
    because: reason('why, for those who read of it'),
  },
  plan: (wish, look) => planKeep(look, wish),
});

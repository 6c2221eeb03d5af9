import { control, moment, reason, word } from '../../src/command.ts';
import { Refusal } from '../../src/core/refusal.ts';
import { momentOf, showMomentTwice } from '../../src/core/schedule/until.ts';
import { thePolicy } from '../../src/targets.ts';

/** A policy that does nothing costs money each night; who wants it for longer changes the file. */
const longestDays = 31;

export default control({
  summary: 'Let a policy do nothing until a moment',
  examples: [
    'schedule pause dev-evenings --until Mon 07:00 --because the load test runs all weekend',
    'schedule pause dev-evenings for 2d',
  ],
  args: {
    policy: word('policy', 'the name of a policy', 'policies'),
    until: moment(`22:00, tomorrow 07:00, Fri 18:00 or 2026-12-01 08:00, at most ${longestDays} days away`),
    because: reason('why, for those who read of it'),
  },
  async run({ policy: name, until, because }, look, controls) {
    const policy = thePolicy(look, name);
    const { zone } = policy.timetable;
    if (!until)
      throw new Refusal(
        'Until when? A pause that never ends is forgotten.',
        `Add --until tomorrow 07:00, for example: schedule pause ${policy.name} --until tomorrow 07:00`,
      );
    const at = momentOf(until, look.now, zone);
    if (at - look.now > longestDays * 86_400_000)
      throw new Refusal(
        `A pause ends after ${longestDays} days at the latest.`,
        'Name a nearer moment, or take the policy out of its file.',
      );
    const pause = await controls.pause(policy.name, at, because);
    return {
      title: `${policy.name} does nothing until ${showMomentTwice(pause.until, zone)}.`,
      tone: 'success',
      blocks: [
        ...(pause.because ? [{ type: 'text', text: `Because: ${pause.because}` } as const] : []),
        {
          type: 'note',
          text: [
            'What is up stays up, what is down stays down. To end it: ',
            { run: `schedule resume ${policy.name}` },
          ],
        },
      ],
    };
  },
});

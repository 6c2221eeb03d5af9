import { type Look, optionalWord, query } from '../../src/command.ts';
import { Refusal } from '../../src/core/refusal.ts';
import { checkReport, mistakesReport } from '../../src/core/schedule/checking/check-report.ts';
import type { Oddity } from '../../src/core/schedule/checking/oddity.ts';
import { survey } from '../../src/core/schedule/checking/survey.ts';
import { tagOddities } from '../../src/core/schedule/checking/tagged.ts';
import { means } from '../../src/core/schedule/meaning.ts';
import type { Policy } from '../../src/core/schedule/model.ts';
import { everything } from '../../src/core/selector.ts';

export default query({
  summary: 'Check policies against each other and the resources that there are',
  examples: ['schedule check', 'schedule check policies/shop.yml'],
  args: {
    file: optionalWord(
      'file',
      'in a terminal any file of policies, else one that I was started with; all of them, if left out',
    ),
  },
  async run({ file }, look) {
    const running = look.lights.policies;
    if (file === undefined) return surveyed(look, running, { checked: running });
    const text = look.readFile?.(file);
    if (text === undefined) {
      return surveyed(look, running, startedWith(file, look));
    }
    const read = look.checkFile(text, file);
    if (read.mistakes.length > 0) return mistakesReport(read);
    const others = running.filter((policy) => fileOf(policy) !== read.replaces);
    return surveyed(look, [...others, ...read.policies], { ...read, checked: read.policies });
  },
});

async function surveyed(
  { cloud, lights, now }: Look,
  policies: readonly Policy[],
  { checked, file, doubts }: { checked: readonly Policy[]; file?: string; doubts?: readonly Oddity[] },
) {
  const { targets, missing } = await cloud.find(everything);
  const unable = checked.flatMap((policy) =>
    lights
      .unentitled(
        policy,
        targets.filter((target) => means(policy, target)),
      )
      .map((sentence): Oddity => ({ places: [policy.place], sentence })),
  );
  const tagged = lights.tags ? tagOddities(lights.tags, await lights.decide(targets), targets, checked) : [];
  return checkReport({
    policies: checked.length,
    odd: [...survey(policies, targets, now, checked), ...unable, ...tagged],
    targets: targets.length,
    missing,
    ...(file ? { file } : {}),
    ...(doubts ? { doubts } : {}),
  });
}

/** A file that the bot was started with, by its path or its last part. Throws a Refusal where no policy is in it. */
function startedWith(named: string, { lights, readFile }: Look) {
  const files = [...new Set(lights.policies.map(fileOf))];
  const file = files.find((path) => path === named || path.endsWith(`/${named}`));
  if (file) return { file, checked: lights.policies.filter((policy) => fileOf(policy) === file) };
  const known =
    files.length > 0 ? `Policies are written in ${files.join(', ')}.` : 'No policy is written yet.';
  throw readFile
    ? new Refusal(`There is no file ${named}.`, known)
    : new Refusal(
        `I was started with no policy in ${named}.`,
        `${known} Slack hands me no file; in a terminal I check any: lamplighter schedule check ${named}`,
      );
}

/** Without the line: `policies/shop.yml`. */
function fileOf({ place }: Policy): string {
  return place.replace(/:\d+$/, '');
}

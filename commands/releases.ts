import { count, query, word } from '../src/command.ts';
import { mention } from '../src/core/describe.ts';
import { lockedText, namedOf, retiredText } from '../src/core/describe-app.ts';
import type { Block, Text } from '../src/core/report.ts';
import { holdOf, theApp } from '../src/deploying/apps.ts';
import { outcomeOf } from '../src/deploying/back.ts';
import { currentOf } from '../src/deploying/releases.ts';
import { retirementOf } from '../src/deploying/retired.ts';

export default query({
  summary: 'Show what was deployed of an app: who, when, which image, and what came of it',
  examples: ['releases shop', 'releases shop --last 20'],
  args: { app: word('app', 'an app of lamplighter.yml', 'apps') },
  flags: { last: count('last', 'how many', { min: 1, max: 50, default: 10 }) },
  async run({ app: named, last }, look) {
    const app = theApp(look, named);
    const [releases, hold, newest] = await Promise.all([
      look.deploys.releases(app.name, last),
      holdOf(look, app),
      currentOf(look, app),
    ]);
    const retired = await retirementOf(look, app, newest);
    const current = retired ? undefined : newest;
    const list: Block = {
      type: 'list',
      items: releases.map(
        (release): Text => [
          { strong: namedOf(release, app) },
          ` – ${release.version === current?.version ? 'runs now' : outcomeOf(release)}`,
          ...(release.version === current?.version && release.back !== undefined
            ? [` (version ${release.back} again)`]
            : []),
          ' · ',
          mention(release.by),
          ' ',
          { time: release.at },
          ` · ${release.strategy} · `,
          { code: release.operation },
          ...(release.digest ? [' ', { code: release.digest.slice(0, 19) }] : []),
        ],
      ),
    };
    return {
      title:
        releases.length === 0
          ? `Nothing of ${app.name} was deployed through me yet.`
          : current
            ? `${app.name} runs ${namedOf(current, app)}.`
            : newest
              ? `${app.name} was retired; it ran last: ${namedOf(newest, app)}.`
              : `Nothing of ${app.name} that was deployed through me runs.`,
      tone: 'plain',
      blocks: [
        ...(retired ? [{ type: 'text', text: retiredText(retired) } as const] : []),
        ...(hold ? [{ type: 'text', text: lockedText(hold) } as const] : []),
        ...(releases.length > 0 ? [list] : []),
      ],
    };
  },
});

import { count, query, word } from '../src/command.ts';
import { mention } from '../src/core/describe.ts';
import type { Text } from '../src/core/report.ts';
import { theApp } from '../src/deploying/apps.ts';
import { outcomeOf } from '../src/deploying/back.ts';

export default query({
  summary: 'Show what was deployed of an app: who, when, which image, and what came of it',
  examples: ['releases shop', 'releases shop --last 20'],
  args: { app: word('app', 'an app of lamplighter.yml', 'apps') },
  flags: { last: count('last', 'how many', { min: 1, max: 50, default: 10 }) },
  async run({ app: named, last }, look) {
    const app = theApp(look, named);
    const releases = await look.deploys.releases(app.name, last);
    const hold = (await look.deploys.holds()).find(({ name }) => name === `app:${app.name}`);
    return {
      title:
        releases.length === 0
          ? `Nothing of ${app.name} was deployed through me yet.`
          : `The latest ${releases.length === 1 ? 'release' : `${releases.length} releases`} of ${app.name}.`,
      tone: 'plain',
      blocks: [
        ...(hold
          ? [
              {
                type: 'text',
                text: ['Locked by ', mention(hold.by), ' ', { time: hold.at }, `: ${hold.because}`],
              } as const,
            ]
          : []),
        {
          type: 'list',
          items: releases.map(
            (release): Text => [
              { strong: `version ${release.version}` },
              ` ${outcomeOf(release)} · ${release.image}`,
              ...(release.digest ? [' ', { code: release.digest.slice(0, 19) }] : []),
              ` · ${release.strategy} · `,
              mention(release.by),
              ' ',
              { time: release.at },
              ' ',
              { code: release.operation },
            ],
          ),
        },
      ],
    };
  },
});

import type { Look } from '../command.ts';
import type { App } from '../core/deploy/app.ts';
import { isGood } from '../core/deploy/history.ts';
import type { Released } from '../core/deploy/release.ts';
import { mention } from '../core/describe.ts';
import { namedOf } from '../core/describe-app.ts';
import type { Field } from '../core/report.ts';
import type { Target } from '../core/target.ts';

/** So many releases are looked through. */
export const most = 200;

/** The one that was deployed last and well: what runs, as far as I deployed it and it was not retired since. */
export async function currentOf(
  { deploys }: Pick<Look, 'deploys'>,
  { name }: Pick<App, 'name'>,
): Promise<Released | undefined> {
  return (await deploys.releases(name, most)).find(isGood);
}

/** Which release an instance is of, as its tags say. */
export async function releaseField(
  { deploys }: Pick<Look, 'deploys'>,
  { kind, tags }: Target,
): Promise<readonly Field[]> {
  const app = deploys.apps.find(({ name }) => name === tags['lamplighter-app']);
  const version = Number(tags['lamplighter-version']);
  if (kind !== 'container-instance' || !app || !Number.isInteger(version)) return [];
  const release = (await deploys.releases(app.name, most)).find((each) => each.version === version);
  if (!release) return [{ label: 'Release', value: `version ${version} of ${app.name}` }];
  return [
    {
      label: 'Release',
      value: [
        `${namedOf(release, app)} of ${app.name}, deployed by `,
        mention(release.by),
        ' ',
        { time: release.at },
        ' ',
        { code: release.operation },
      ],
    },
  ];
}

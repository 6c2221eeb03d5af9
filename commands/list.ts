import { query, selector } from '../src/command.ts';
import { gapsIn } from '../src/core/gaps.ts';
import { showSelector } from '../src/core/selector.ts';

export default query({
  summary: 'List resources and their state',
  examples: ['list instances env=dev', 'list app=shop', 'list region:eu-frankfurt-1 compartment:shop/dev'],
  args: { target: selector({ optional: true }) },
  async run({ target }, { cloud }) {
    const { targets, missing } = await cloud.find(target);
    const gaps = gapsIn(missing, 'Not shown');
    const about = showSelector(target) || 'everything I can see';
    return {
      title: `${targets.length} ${targets.length === 1 ? 'resource matches' : 'resources match'} ${about}.`,
      tone: missing.length > 0 ? 'warning' : 'plain',
      blocks: [
        ...gaps,
        ...(targets.length > 0
          ? [
              {
                type: 'table' as const,
                columns: ['Name', 'Kind', 'State', 'Compartment', 'Region', 'Tags'].map((label) => ({
                  label,
                })),
                rows: targets.map((each) => [
                  each.name,
                  each.kind,
                  each.state,
                  each.compartment.path,
                  each.region,
                  shortTags(each.tags),
                ]),
              },
            ]
          : []),
      ],
    };
  },
});

/** Freeform tags only: the defined ones (Namespace.Key) are mostly bookkeeping; inspect shows all. */
function shortTags(tags: Readonly<Record<string, string>>): string {
  return Object.entries(tags)
    .filter(([key]) => !key.includes('.'))
    .map(([key, value]) => `${key}=${value}`)
    .join(' ');
}

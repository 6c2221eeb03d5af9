import { query, selector } from '../src/command.ts';
import { kinds } from '../src/core/target.ts';
import { releaseField } from '../src/deploying/releases.ts';
import { theTarget } from '../src/targets.ts';

export default query({
  summary: 'Show everything about one resource',
  examples: ['inspect web-1', 'inspect shop-dev-api region:eu-frankfurt-1'],
  args: { target: selector() },
  async run({ target }, look) {
    const found = await theTarget(look, target);
    const [details, recent, release] = await Promise.all([
      look.cloud.inspect(found),
      look.operations.list({ limit: 50 }),
      releaseField(look, found),
    ]);
    const touched = recent
      .filter(({ steps }) => steps.some(({ step }) => step.target.ocid === found.ocid))
      .slice(0, 3);
    return {
      title: `${found.name} is ${found.state}: ${kinds[found.kind].title} in ${found.compartment.path}, ${found.region}.`,
      tone: 'plain',
      blocks: [
        { type: 'fields', fields: [...release, ...details] },
        ...(touched.length > 0
          ? [
              { type: 'heading' as const, text: 'Latest operations' },
              {
                type: 'list' as const,
                items: touched.map(({ id, line, status, createdAt }) => [
                  { code: id },
                  ` ${line} – ${status}, `,
                  { time: createdAt },
                ]),
              },
            ]
          : []),
        { type: 'note', text: found.ocid },
      ],
    };
  },
});

import { count, optionalWord, query } from '../src/command.ts';
import { actorId } from '../src/core/actor.ts';
import { describe, mention } from '../src/core/describe.ts';
import { Refusal } from '../src/core/refusal.ts';
import type { Text } from '../src/core/report.ts';

export default query({
  summary: 'Show what runs and what ran, or one operation in full',
  examples: ['operations', 'operations op-1', 'operations --last 20'],
  args: { operation: optionalWord('operation', 'an operation id such as op-81', 'operations') },
  flags: { last: count('last', 'how many', { min: 1, max: 50, default: 10 }) },
  async run({ operation, last }, { operations }) {
    if (operation) {
      const found = await operations.get(operation);
      if (!found) throw new Refusal(`There is no operation ${operation}.`, 'See the latest with: operations');
      return { ...describe(found), actions: [] };
    }
    const found = await operations.list({ limit: last });
    const open = found.filter(({ finishedAt }) => finishedAt === undefined).length;
    return {
      title:
        found.length === 0
          ? 'No operation has run yet.'
          : `The latest ${found.length === 1 ? 'operation' : `${found.length} operations`}, ${open} open.`,
      tone: 'plain',
      blocks: [
        {
          type: 'list',
          items: found.map(
            ({ id, status, line, actor, createdAt }): Text => [
              { code: id },
              ` ${status} · ${line} · `,
              mention(actorId(actor)),
              ' ',
              { time: createdAt },
            ],
          ),
        },
      ],
    };
  },
});

import { query } from '../src/command.ts';
import { actorId } from '../src/core/actor.ts';
import { mention } from '../src/core/describe.ts';
import type { Span } from '../src/core/report.ts';

export default query({
  summary: 'Show who I am to the bot and what I may do here',
  examples: ['whoami'],
  open: true,
  async run(_, { actor, origin, commands, may }) {
    const groups = actor.kind === 'slack' ? actor.groups : [];
    const rows = commands.map(({ name }) => {
      const verdict = may(name);
      const word = { allow: 'yes', ask: 'yes, with approval', deny: 'no' }[verdict.effect];
      return [name, word, verdict.rules.join(', ') || '–'];
    });
    return {
      title: ['You are ', mention(actorId(actor)), ' to me.'],
      tone: 'plain',
      blocks: [
        {
          type: 'fields',
          fields: [
            { label: 'Id', value: [{ code: actorId(actor) }] },
            { label: 'Groups', value: groups.length > 0 ? spaced(groups.map(mention)) : 'none' },
            { label: 'Here', value: origin.kind === 'slack' ? [{ channel: origin.channel }] : 'terminal' },
          ],
        },
        { type: 'heading', text: 'What you may do here' },
        { type: 'table', columns: [{ label: 'Command' }, { label: 'May you?' }, { label: 'Rule' }], rows },
        {
          type: 'note',
          text: ['What a rule says of given targets: ', { run: 'policy explain stop app=shop env=dev' }],
        },
      ],
    };
  },
});

function spaced(spans: readonly Span[]): Span[] {
  return spans.flatMap((span, at) => (at === 0 ? [span] : [' ', span]));
}

import { query } from '../src/command.ts';
import { actorId } from '../src/core/actor.ts';
import { isAsked } from '../src/core/approval.ts';
import { approvers, mention } from '../src/core/describe.ts';
import type { Operation } from '../src/core/operation.ts';
import type { Text } from '../src/core/report.ts';

export default query({
  summary: 'Show what waits for approval, mine first',
  examples: ['approvals'],
  async run(_, { operations, actor }) {
    const waiting = await operations.list({ status: ['waiting'], limit: 50 });
    const mine = waiting.filter(
      ({ approval }) =>
        approval?.requester !== actorId(actor) && approval?.asks.some((ask) => isAsked(ask, actor)),
    );
    const others = waiting.filter((each) => !mine.includes(each));
    return {
      title:
        waiting.length === 0
          ? 'Nothing waits for approval.'
          : `${waiting.length} ${waiting.length === 1 ? 'request waits' : 'requests wait'} for approval, ${mine.length} for yours.`,
      tone: mine.length > 0 ? 'waiting' : 'plain',
      blocks: waiting.length === 0 ? [] : [{ type: 'list', items: [...mine, ...others].map(line) }],
    };
  },
});

function line({ id, plan, actor, approval }: Operation): Text {
  return [
    { code: id },
    ` ${plan.title} · asked by `,
    mention(actorId(actor)),
    ...(approval ? [' · from ', ...approvers(approval), ' · expires ', { time: approval.expiresAt }] : []),
  ];
}

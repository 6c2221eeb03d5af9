import { type Check, query } from '../src/command.ts';
import type { ReportStep } from '../src/core/report.ts';

export default query({
  summary: 'Check the connections, permissions, scopes, store and clock',
  examples: ['doctor'],
  async run(_, { checks }) {
    const results = await Promise.all(checks.map(examine));
    const ill = results.filter(({ state }) => state === 'failed').length;
    return {
      title:
        ill === 0
          ? `All ${results.length} checks passed.`
          : `${ill} of ${results.length} checks failed; what to do stands beside each.`,
      tone: ill === 0 ? 'success' : 'failure',
      blocks: [{ type: 'steps', steps: results }],
    };
  },
});

async function examine({ name, fix, run }: Check): Promise<ReportStep> {
  try {
    return { label: name, state: 'done', detail: await run() };
  } catch (cause) {
    const because = cause instanceof Error ? cause.message : String(cause);
    return { label: name, state: 'failed', detail: `${because} – ${fix}` };
  }
}

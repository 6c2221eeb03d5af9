import { type Look, query, selector } from '../../src/command.ts';
import { coming } from '../../src/core/schedule/meaning.ts';
import type { Decision, Edge } from '../../src/core/schedule/model.ts';
import { showEdge, showKeep } from '../../src/core/schedule/show.ts';
import type { Target } from '../../src/core/target.ts';
import { targetsOrPolicies, zoneOf } from '../../src/targets.ts';

/** How many edges of each resource are shown. */
const shown = 5;

export default query({
  summary: 'Show when resources go up and down next, and which policy says so',
  examples: ['schedule next web-1', 'schedule next app=shop env=dev'],
  args: { target: selector() },
  async run({ target }, look) {
    const targets = await targetsOrPolicies(look, target);
    const [decisions, keeps, pauses] = await Promise.all([
      look.lights.decide(targets),
      look.lights.keeps(),
      look.lights.pauses(),
    ]);
    const decided = new Map(decisions.map((decision) => [decision.ocid, decision]));
    const rows = await Promise.all(
      targets.map(async (each) => {
        const decision = decided.get(each.ocid);
        if (!decision) return [each.name, each.state, '–', 'no policy is about it'];
        if (decision.left === 'foreign')
          return [each.name, each.state, decision.policy, `left alone: ${decision.because}`];
        const about = look.lights.about(each);
        const zone = zoneOf(
          look,
          about.find(({ name }) => name === decision.policy),
        );
        const keep = keeps.find(({ ocid }) => ocid === each.ocid);
        const isPaused = pauses.some(({ policy }) => about.some(({ name }) => name === policy));
        const [only] = about.length === 1 && !keep && !isPaused ? about : [];
        const edges = only ? coming(only.timetable, look.now, shown) : await stepByStep(look, each, decision);
        return [
          each.name,
          each.state,
          decision.policy,
          [
            ...(keep ? [`kept ${showKeep(keep, zone)}`] : []),
            ...edges.map((edge) => showEdge(edge, zone)),
          ].join('; ') || 'nothing within two years',
        ];
      }),
    );
    return {
      title: `${decisions.length} of ${targets.length} ${targets.length === 1 ? 'resource has' : 'resources have'} a schedule.`,
      tone: 'plain',
      blocks: [
        { type: 'table', columns: ['Name', 'Now', 'Policy', 'Next'].map((label) => ({ label })), rows },
      ],
    };
  },
});

/** Decision by decision, where more than one timetable has a say. */
async function stepByStep({ lights }: Look, target: Target, decision: Decision): Promise<readonly Edge[]> {
  const edges: Edge[] = [];
  let next = decision.next;
  while (next && edges.length < shown) {
    edges.push(next);
    const [later] = await lights.decide([target], next.at);
    next = later?.next && later.next.at > next.at ? later.next : undefined;
  }
  return edges;
}

import type { Decision, Policy } from '../core/schedule/model.ts';
import { type Notice, noticeReport } from '../core/schedule/reports/notice-report.ts';
import { grouped } from '../core/schedule/wording.ts';
import type { Target } from '../core/target.ts';
import { sha256 } from '../engine/digest.ts';
import { type Ground, policiesByName } from './ground.ts';
import { standingIn } from './settling.ts';
import { type Scene, sheetKey } from './sheet.ts';
import { byOcid } from './sight.ts';

interface Finding {
  /** The same for as long as it is the same that is found. */
  readonly key: string;
  readonly about: 'foreign' | 'unreadable';
  readonly policy: Policy;
  readonly target: Target;
  readonly because: string;
}

/** Tells each channel once of what is left alone for good: tags that don't parse, and what something else decides. */
export async function notice(
  ground: Ground,
  decisions: readonly Decision[],
  targets: readonly Target[],
): Promise<void> {
  const found = findings(decisions, targets, policiesByName(ground));
  const untold = await ground.ledger.untold(found.map(({ key }) => key));
  const groups = grouped(
    found.filter(({ key }) => untold.has(key)),
    ({ about, policy }) => `${about} ${policy.name}`,
  );
  for (const group of groups) {
    const [first] = group;
    const channel = first?.policy.channel;
    if (!first || !channel) continue;
    const keys = group.map(({ key }) => key);
    await ground.ledger.tell(keys, {
      key: `notice:${sha256(keys.join('\n')).slice(0, 32)}`,
      to: { kind: 'channel', channel },
      report: noticeReport(noticeOf(first, group)),
    });
  }
}

function findings(
  decisions: readonly Decision[],
  targets: readonly Target[],
  policies: ReadonlyMap<string, Policy>,
): readonly Finding[] {
  const known = byOcid(targets);
  return decisions.flatMap(({ ocid, left, policy: name, because }) => {
    const [target, policy] = [known.get(ocid), policies.get(name)];
    if (!target || !policy || (left !== 'foreign' && left !== 'unreadable')) return [];
    // what belongs to a pool is its own affair
    if (target.managedBy !== undefined) return [];
    return [
      {
        key: `${left}:${name}:${ocid}:${sha256(because).slice(0, 16)}`,
        about: left,
        policy,
        target,
        because,
      },
    ];
  });
}

function noticeOf({ about, policy }: Finding, group: readonly Finding[]): Notice {
  const rows = group.map(({ target, because }) => ({ subject: subjectOf(target), because }));
  if (about === 'foreign')
    return {
      about,
      policy: policy.name,
      rows: rows.map(({ subject, because }) => ({ ...subject, by: because })),
    };
  return {
    about,
    rows: rows.map(({ subject, because }) => {
      const [, tag = '', problem = because] = /: "(.*?)": (.*)$/s.exec(because) ?? [];
      return { ...subject, tag, problem };
    }),
  };
}

function subjectOf({ name, kind, region }: Target) {
  return { name, kind, region };
}

/** Says in the thread of a morning’s report what does not start, to who owns it, and when it is tried again. */
export async function noticeLate(
  ground: Ground,
  decisions: readonly Decision[],
  scene: Scene,
): Promise<void> {
  for (const { ocid, policy: name, edge, late } of decisions) {
    const [policy, target, memory] = [
      scene.policies.get(name),
      scene.targets.get(ocid),
      scene.memories.get(ocid),
    ];
    if (!late || !policy?.channel || !target || memory?.operation === undefined) continue;
    const owner = ownerOf(target, policy);
    const { because = 'OCI gave no reason' } = standingIn(scene.operations.get(memory.operation), ocid);
    await ground.post({
      key: `late:${ocid}:${edge}`,
      to: { kind: 'thread', of: sheetKey(policy.channel, edge, 'up') },
      report: noticeReport({
        about: 'failed-start',
        ...subjectOf(target),
        policy: name,
        ...(owner === undefined ? {} : { owner }),
        because,
        ...late,
        due: policy.timetable.meant?.(edge) ?? edge,
        zone: policy.timetable.zone,
      }),
    });
  }
}

/** Who can be called by an id: the owner in the tags, or else the policy’s team. */
function ownerOf({ tags }: Target, { team }: Policy): string | undefined {
  const owner = Object.entries(tags).find(([key]) => key.toLowerCase() === 'owner')?.[1];
  return [owner, team].find((id) => id !== undefined && /^[US][A-Z0-9]{7,}$/.test(id));
}

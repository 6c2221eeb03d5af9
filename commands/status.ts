import { query, selector } from '../src/command.ts';
import { gapsIn } from '../src/core/gaps.ts';
import { conditionOf } from '../src/core/lifecycle.ts';
import type { Block } from '../src/core/report.ts';
import { showSelector } from '../src/core/selector.ts';
import type { Target } from '../src/core/target.ts';

export default query({
  summary: 'Count what is up and what is down, by app and environment',
  examples: ['status env=dev', 'status app=shop'],
  args: { target: selector({ optional: true }) },
  async run({ target }, { cloud, operations }) {
    const [{ targets, missing }, busy] = await Promise.all([
      cloud.find(target),
      operations.list({ status: ['queued', 'running'], limit: 20 }),
    ]);
    const up = targets.filter(isUp).length;
    const touched = new Set(targets.map((each) => each.ocid));
    const running = busy.filter(({ steps }) => steps.some(({ step }) => touched.has(step.target.ocid)));
    return {
      title: `${up} of ${targets.length} resources are up${about(showSelector(target))}.`,
      tone: missing.length > 0 ? 'warning' : 'plain',
      blocks: [
        ...gapsIn(missing, 'Not counted'),
        {
          type: 'table',
          columns: [
            { label: 'App' },
            { label: 'Env' },
            { label: 'Up', align: 'right' },
            { label: 'Down', align: 'right' },
            { label: 'Changing', align: 'right' },
          ],
          rows: groups(targets),
        },
        ...running.map(
          ({ id, line }): Block => ({ type: 'text', text: ['Under way: ', { code: id }, ` ${line}`] }),
        ),
      ],
    };
  },
});

function about(text: string): string {
  return text ? ` among ${text}` : '';
}

function groups(targets: readonly Target[]): string[][] {
  const members = new Map<string, Target[]>();
  for (const target of targets) {
    const group = JSON.stringify([target.tags.app ?? '–', target.tags.env ?? '–']);
    members.set(group, [...(members.get(group) ?? []), target]);
  }
  return [...members]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([group, each]) => {
      const [up, down] = [each.filter(isUp).length, each.filter(isDown).length];
      return [...(JSON.parse(group) as string[]), `${up}`, `${down}`, `${each.length - up - down}`];
    });
}

function isUp(target: Target): boolean {
  return conditionOf(target) === 'up';
}

function isDown(target: Target): boolean {
  return conditionOf(target) === 'down' || target.state === 'FAILED';
}

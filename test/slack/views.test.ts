import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findingsOfView } from '../../sandbox/slack/blocks/validate.ts';
import type { Operation } from '../../src/core/operation.ts';
import { cutLine } from '../../src/core/parse.ts';
import type { Plan, Step } from '../../src/core/plan.ts';
import { bind } from '../../src/line/bind.ts';
import { loadCommands } from '../../src/line/registry.ts';
import { packageRoot } from '../../src/root.ts';
import { breakGlassModal, reasonFault } from '../../src/slack/views/break-glass.ts';
import { argumentBlock, formModal, switchesBlock } from '../../src/slack/views/form.ts';
import { type Filled, lineOf } from '../../src/slack/views/form-line.ts';
import { homeView } from '../../src/slack/views/home.ts';

const commands = await loadCommands(join(packageRoot, 'commands'));
const findings = (view: object) => findingsOfView(view, () => true);

function operation(count: number, id = 'op-81'): Operation {
  const at = Date.UTC(2026, 10, 21, 9, 30);
  const steps = Array.from({ length: count }, (_, n): Step => {
    const target = {
      kind: 'instance' as const,
      ocid: `ocid1.instance.oc1.eu-frankfurt-1.${n}`,
      name: `web-${n}<!channel>`,
      region: 'eu-frankfurt-1',
      compartment: 'shop/dev',
      state: 'RUNNING',
    };
    return { name: `instance.stop ${target.ocid}`, verb: 'instance.stop', target, within: 600_000 };
  });
  const plan: Plan = {
    title: `Stop ${count} instances`,
    impact: 'stop',
    consequences: [],
    waves: [steps],
    unchanged: [],
    line: 'stop env=dev',
  };
  const ask = { from: ['S0ONCALL000'], count: 1, within: 3_600_000, requesterMayApprove: false };
  return {
    id,
    status: 'waiting',
    line: plan.line,
    actor: { kind: 'slack', user: 'U0ANAPETROV', team: 'T0LAMPLIGHT', groups: [] },
    origin: { kind: 'slack', channel: 'C0OPS000000' },
    plan,
    digest: 'd'.repeat(64),
    approval: {
      asks: [ask],
      digest: 'd'.repeat(64),
      requester: 'U0ANAPETROV',
      askedAt: at,
      expiresAt: at + ask.within,
      decisions: [],
    },
    steps: steps.map((step) => ({ step, state: 'pending', attempts: 0 })),
    createdAt: at,
  };
}

describe('the Home tab', () => {
  it('of somebody with nothing to do is friendly', async () => {
    const view = homeView({ approvals: [], running: [], keeps: [], commands });
    expect(findings(view)).toEqual([]);
    await expect(`${JSON.stringify(view, null, 2)}\n`).toMatchFileSnapshot(
      join(packageRoot, 'test/golden/slack/home-quiet.json'),
    );
  });

  it('shows what waits for the person first, with its buttons', async () => {
    const view = homeView({
      approvals: [operation(7)],
      running: [],
      keeps: [],
      commands: commands.slice(0, 1),
    });
    expect(findings(view)).toEqual([]);
    await expect(`${JSON.stringify(view, null, 2)}\n`).toMatchFileSnapshot(
      join(packageRoot, 'test/golden/slack/home-approval.json'),
    );
  });

  it('shows what the person keeps, and until when', () => {
    const keep = {
      id: 'keep-1',
      ocid: 'ocid1.instance.oc1..web-1',
      want: 'up' as const,
      until: Date.UTC(2026, 10, 25, 21),
      at: 0,
      by: 'U0ANAPETROV',
      because: 'the <!channel> demo',
      operation: 'op-81',
    };
    const view = homeView({ approvals: [], running: [], keeps: [{ keep, name: 'web-1' }], commands });
    expect(findings(view)).toEqual([]);
    expect(JSON.stringify(view)).toMatch(/web-1\*? on until <!date\^1795640400/);
    expect(JSON.stringify(view)).not.toContain('<!channel>');
  });

  it('of somebody with very much to do is taken by Slack, and says how much is missing', () => {
    const many = Array.from({ length: 60 }, (_, n) => operation(300, `op-${n}`));
    const view = homeView({ approvals: many, running: many, keeps: [], commands });
    expect(findings(view)).toEqual([]);
    expect(JSON.stringify(view)).toContain('… 50 more');
  });
});

it('names what an operation is about once, however many steps there are for it', () => {
  const [first] = operation(1).steps;
  if (!first) throw new Error('no step');
  const twice = { ...operation(1), steps: [first, first, first] };
  const view = JSON.stringify(homeView({ approvals: [twice], running: [], keeps: [], commands }));
  expect(view.split('web-0').length).toBe(2);
});

describe('the form', () => {
  it.each([undefined, ...commands])('of $name is taken by Slack', (command) => {
    expect(findings(formModal(commands, command, { channel: 'C0OPS000000' }))).toEqual([]);
  });

  it('stands for the line that would be typed', () => {
    const cancel = commands.find(({ name }) => name === 'cancel');
    const restart = commands.find(({ name }) => name === 'restart');
    if (!cancel || !restart) throw new Error('no such commands');
    const text = (value: string) => ({ text: { type: 'plain_text_input', value } });
    const filled: Filled = {
      [argumentBlock(cancel, 'operation')]: {
        field: { type: 'external_select', selected_option: option('op-81') },
      },
      [argumentBlock(cancel, 'because')]: text(' wrong "environment" '),
      [argumentBlock(restart, 'target')]: {
        field: {
          type: 'multi_external_select',
          selected_options: [option('app=shop env=dev'), option('web-*')],
        },
      },
      [switchesBlock(restart)]: { field: { type: 'checkboxes', selected_options: [option('dry-run')] } },
    };
    expect(lineOf(cancel, filled)).toBe('cancel op-81 because "wrong \\"environment\\""');
    expect(lineOf(restart, filled)).toBe('restart app=shop env=dev web-* --dry-run');
    expect(lineOf(restart, {})).toBe('restart');
  });
});

describe('break glass', () => {
  it('asks for a reason in a modal that Slack takes', () => {
    expect(findings(breakGlassModal({ value: 'op-81:d', channel: 'C0OPS000000', thread: '1.2' }))).toEqual(
      [],
    );
  });

  it.each([
    ['', false],
    ['   too short   ', false],
    ['The shop is down', true],
  ])('%j is a reason: %s', (reason, good) => {
    expect(reasonFault(reason) === undefined).toBe(good);
  });
});

function option(value: string) {
  return { text: { type: 'plain_text' as const, text: value }, value };
}

describe('the form of keep', () => {
  const keep = commands.find(({ name }) => name === 'keep');
  if (!keep) throw new Error('there is no keep');

  it('asks for the moment with a picker, and for on or off with a menu', () => {
    const view = formModal(commands, keep, { channel: 'C0OPS000000' });
    expect(findings(view)).toEqual([]);
    const types = view.blocks.map((block) => ('element' in block && block.element ? block.element.type : ''));
    expect(types).toEqual(
      expect.arrayContaining(['multi_external_select', 'static_select', 'datetimepicker']),
    );
  });

  it('becomes the line that says the same', () => {
    const filled: Filled = {
      [argumentBlock(keep, 'target')]: {
        'type-ahead:targets': {
          type: 'multi_external_select',
          selected_options: [{ text: { type: 'plain_text', text: 'web-1' }, value: 'web-1' }],
        },
      },
      [argumentBlock(keep, 'want')]: {
        pick: {
          type: 'static_select',
          selected_option: { text: { type: 'plain_text', text: 'on' }, value: 'on' },
        },
      },
      [argumentBlock(keep, 'until')]: {
        moment: { type: 'datetimepicker', selected_date_time: Date.UTC(2026, 10, 25, 21) / 1000 },
      },
      [argumentBlock(keep, 'because')]: { text: { type: 'plain_text_input', value: 'the demo "x" --late' } },
    };
    const line = lineOf(keep, filled);
    expect(line).toBe('keep web-1 on until 2026-11-25T21:00:00.000Z because "the demo \\"x\\" --late"');
    expect(bind(keep, cutLine(line).slice(1)).input).toMatchObject({
      want: 'on',
      until: { type: 'instant', at: Date.UTC(2026, 10, 25, 21) },
      because: 'the demo "x" --late',
    });
  });
});

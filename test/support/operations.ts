import type { Approval } from '../../src/core/approval.ts';
import type { Operation, Progress, Status } from '../../src/core/operation.ts';
import type { Plan, Step } from '../../src/core/plan.ts';
import type { StepState } from '../../src/core/report.ts';

/** Operations as values, for everything that only reads them: descriptions, renderers, goldens. */

const noon = Date.parse('2026-11-21T12:00:00Z');

export function step(name: string): Step {
  return {
    name: `instance.stop ocid1.instance.oc1.eu-frankfurt-1.${name}`,
    verb: 'instance.stop',
    target: {
      kind: 'instance',
      ocid: `ocid1.instance.oc1.eu-frankfurt-1.${name}`,
      name,
      region: 'eu-frankfurt-1',
      compartment: 'shop/dev',
      state: 'RUNNING',
    },
    within: 1_200_000,
  };
}

export const plan: Plan = {
  title: 'Stop 2 compute instances',
  impact: 'stop',
  consequences: ['Stopped instances keep their boot volumes, which are still billed.'],
  waves: [[step('web-1'), step('web-2')]],
  unchanged: [{ target: { ...step('web-3').target, state: 'STOPPED' }, because: 'already stopped' }],
  line: 'stop app=shop env=dev',
};

export const approval: Approval = {
  asks: [{ from: ['S0ONCALL000'], count: 1, within: 3_600_000, requesterMayApprove: false }],
  digest: 'ab'.repeat(32),
  requester: 'U0ANA000000',
  askedAt: noon,
  expiresAt: noon + 3_600_000,
  decisions: [],
};

export function progress(name: string, state: StepState, note?: string): Progress {
  return { step: step(name), state, attempts: state === 'pending' ? 0 : 1, ...(note ? { note } : {}) };
}

/** An operation of Ana's in the given status, its two steps in the given states. */
export function operation(
  status: Status,
  states: readonly [StepState, StepState],
  more: Partial<Operation> = {},
): Operation {
  return {
    id: 'op-81',
    status,
    line: plan.line,
    actor: { kind: 'slack', user: 'U0ANA000000', team: 'T0LAMPLIGHT', groups: [] },
    origin: { kind: 'slack', channel: 'C0OPS000000' },
    plan,
    digest: approval.digest,
    steps: [progress('web-1', states[0]), progress('web-2', states[1])],
    createdAt: noon,
    startedAt: noon + 60_000,
    finishedAt: noon + 100_000,
    ...more,
  };
}

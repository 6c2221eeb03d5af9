import { z } from 'zod';
import { type Call, one, type Reply } from '../call.ts';
import { incorrectState, invalid } from '../errors.ts';
import { type Course, send } from '../lifecycle.ts';
import { instanceView } from './instance-view.ts';

const actions = [
  'START',
  'STOP',
  'SOFTSTOP',
  'RESET',
  'SOFTRESET',
  'SENDDIAGNOSTICINTERRUPT',
  'DIAGNOSTICREBOOT',
  'REBOOTMIGRATE',
] as const;
type Action = (typeof actions)[number];

/** The states that an action leads through; none for the one that only interrupts. */
export function course(action: Action, call: Call): Course | undefined {
  const { instanceStart, instanceStop, instanceSoftStop } = call.times;
  const stop = (lasts: number) => ({ state: 'STOPPING', for: lasts });
  const start = { state: 'STARTING', for: instanceStart };
  switch (action) {
    case 'START':
      return { through: [start], to: 'RUNNING' };
    case 'STOP':
      return { through: [stop(instanceStop)], to: 'STOPPED' };
    case 'SOFTSTOP':
      return { through: [stop(instanceSoftStop)], to: 'STOPPED' };
    case 'SOFTRESET':
      return { through: [stop(instanceSoftStop), start], to: 'RUNNING' };
    case 'RESET':
    case 'DIAGNOSTICREBOOT':
    case 'REBOOTMIGRATE':
      return { through: [stop(instanceStop), start], to: 'RUNNING' };
    case 'SENDDIAGNOSTICINTERRUPT':
      return undefined;
  }
}

export function instanceAction(call: Call): Reply {
  const instance = call.resource('Instance', 'instanceId');
  const name = call.query.get('action')?.toUpperCase() ?? '';
  const action = actions.find((each) => each === name);
  if (!action) throw invalid(`action: must be one of ${actions.join(', ')}.`);
  call.json(z.object({ actionType: z.enum(['reset', 'softreset', 'rebootMigrate']) }).optional());
  call.checkEtag(instance);
  const needed = action === 'START' ? 'STOPPED' : 'RUNNING';
  if (instance.lifecycleState !== needed)
    throw incorrectState(
      `${action} needs instance ${instance.ocid} to be ${needed}; it is ${instance.lifecycleState}.`,
    );
  const way = course(action, call);
  if (way) send(call, instance, way);
  return one(instance, instanceView(instance));
}

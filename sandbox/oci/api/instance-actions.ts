import { z } from 'zod';
import { type Call, one, type Reply } from '../call.ts';
import { incorrectState, invalid, missing } from '../errors.ts';
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
export type Action = (typeof actions)[number];

/** The actions that ask the operating system. */
const polite: readonly Action[] = ['SOFTSTOP', 'SOFTRESET'];

/** The states that an action leads through; none for the one that only interrupts. */
export function course(action: Action, call: Call): Course | undefined {
  const { instanceStart, instanceStop, instancePatience } = call.times;
  const isDeaf = call.twist.deaf && polite.includes(action);
  const instanceSoftStop = isDeaf ? instancePatience : call.times.instanceSoftStop;
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

/** The power of one that does not shut down can still be cut. */
function neededFor(action: Action): readonly string[] {
  if (action === 'START') return ['STOPPED'];
  return action === 'STOP' ? ['RUNNING', 'STOPPING'] : ['RUNNING'];
}

export function instanceAction(call: Call): Reply {
  const instance = call.resource('Instance', 'instanceId');
  const name = call.query.get('action')?.toUpperCase();
  if (!name) throw missing('The required query parameter action is missing.');
  const action = actions.find((each) => each === name);
  if (!action) throw invalid(`action: must be one of ${actions.join(', ')}.`);
  call.json(z.object({ actionType: z.enum(['reset', 'softreset', 'rebootMigrate']) }).optional());
  call.checkEtag(instance);
  const needed = neededFor(action);
  if (!needed.includes(instance.lifecycleState))
    throw incorrectState(
      `${action} needs instance ${instance.ocid} to be ${needed.join(' or ')}; it is ${instance.lifecycleState}.`,
    );
  const way = course(action, call);
  if (way) send(call, instance, way);
  return one(instance, instanceView(instance));
}

import type { App } from '../core/deploy/app.ts';
import { leftOf, type Room, roomFor, type Share } from '../core/deploy/room.ts';
import type { Spot } from '../core/deploy/scene.ts';
import { spotsFor } from '../core/deploy/spread.ts';
import type { Survey } from '../core/deploy/survey.ts';
import { Refusal } from '../core/refusal.ts';

/**
 * Where each replica is made. The old ones stay until all of the new ones serve, whatever the strategy, so that the limits
 * have to hold both; a hook is deleted before the first replica is made, and is no larger than one. Throws a Refusal
 * where limits leave no room.
 */
export function spotsIn(app: App, { domains, room }: Survey): readonly (readonly Spot[])[] {
  const { name, instance, spread, replicas } = app;
  const { spots, without } = roomFor(spotsFor(replicas, domains, spread), instance, room);
  if (without === 0) return spots;
  const each = `${sized(instance.ocpus, 'OCPU')} and ${instance.memory} GB each`;
  const beside = 'The old instances stay until the new ones serve, and';
  throw new Refusal(
    `${name} needs ${replicas === 1 ? '1 new instance' : `${replicas} new instances`} of ${instance.shape} (${each}), and there is room for ${replicas - without}. ${beside} ${whatIsLeft(room)}.`,
    `Ask for a higher limit (Console: Governance, Limits, Quotas and Usage), or take fewer replicas, smaller instances${spread.domains.length > 0 ? ', more availability domains' : ''} in apps: of lamplighter.yml. A smaller batch does not help.`,
  );
}

function whatIsLeft(room: Survey['room']): string {
  const parts = Object.entries(room).flatMap(([domain, { ocpus, memory }]) => {
    const left = [...leftIn(ocpus, 'OCPU'), ...leftIn(memory, 'GB')];
    return left.length > 0 ? [`${domain.replace(/^.*:/, '')} has ${left.join(' and ')} left`] : [];
  });
  return parts.join(', ');
}

/** `2 OCPUs (standard-e4-core-count, 10 used)`. */
function leftIn(share: Room[keyof Room], unit: string): readonly string[] {
  if (!share) return [];
  return [`${sized(leftOf(share), unit)} (${limitText(share)})`];
}

function limitText({ limit, used, quota }: Share): string {
  const bound = quota === undefined ? '' : `, quota ${quota}`;
  return `${limit}, ${used} used${bound}`;
}

function sized(amount: number, unit: string): string {
  return `${amount} ${unit}${unit === 'OCPU' && amount !== 1 ? 's' : ''}`;
}

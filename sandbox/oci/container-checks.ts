import { imageIn } from './images.ts';
import type { Container, HealthCheck } from './resources/resources.ts';

type Status = 'HEALTHY' | 'UNHEALTHY' | 'UNKNOWN';

/** What a check has found out by now. The program's behaviour is known, so that it is worked out and not asked. */
export function statusOf(container: Container, check: HealthCheck, now: number): Status {
  const run = container.runs.at(-1);
  if (container.lifecycleState !== 'ACTIVE' || !run || run.to !== undefined) return 'UNKNOWN';
  const { first, interval, wellFrom } = courseOf(container, check);
  const age = now - run.from;
  if (age < first) return 'UNKNOWN';
  const firstWell = wellFrom <= first ? first : first + Math.ceil((wellFrom - first) / interval) * interval;
  // a check that has never failed needs one success only
  const lookedWell = firstWell === first ? first : firstWell + (check.successThreshold - 1) * interval;
  if (age >= lookedWell) return 'HEALTHY';
  return age >= first + (check.failureThreshold - 1) * interval ? 'UNHEALTHY' : 'UNKNOWN';
}

/** How long after its start the container is killed by its checks, if ever. */
export function killedAfter(container: Container): number | undefined {
  const kills = container.healthChecks
    .filter(({ failureAction }) => failureAction === 'KILL')
    .flatMap((check) => {
      const { first, interval, wellFrom } = courseOf(container, check);
      const last = first + (check.failureThreshold - 1) * interval;
      return wellFrom > last ? [last] : [];
    });
  return kills.length > 0 ? Math.min(...kills) : undefined;
}

/** When it is asked, and from when on the answer is good; for ever bad is infinitely late. */
function courseOf(container: Container, check: HealthCheck) {
  const { slowStart, isNeverHealthy, delay } = imageIn(container);
  const isTooSlow = delay > check.timeoutInSeconds * 1_000;
  const isBad = check.healthCheckType === 'HTTP' && (isNeverHealthy || isTooSlow);
  return {
    first: check.initialDelayInSeconds * 1_000,
    interval: check.intervalInSeconds * 1_000,
    wellFrom: isBad ? Number.POSITIVE_INFINITY : check.healthCheckType === 'HTTP' ? slowStart : 0,
  };
}

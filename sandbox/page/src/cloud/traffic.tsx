import { useEffect, useState } from 'react';
import { refresh, useLive } from '../live/live.ts';
import { paths } from '../live/paths.ts';
import type { Listener, Load, Traffic as Seen } from '../live/types.ts';
import { Backends } from './backends.tsx';
import { FilterBox, hasWords } from './filter-box.tsx';
import { LoadSwitch } from './load-switch.tsx';
import { Versions } from './versions.tsx';

/** Real milliseconds between two looks. */
const EVERY = 1_000;

/** What flows through the load balancers: who answers, how often, and what goes wrong. */
export function Traffic() {
  const [typed, setTyped] = useState('');
  const seen = useLive<Seen>(paths.traffic);
  useEffect(() => {
    const timer = setInterval(() => refresh(paths.traffic), EVERY);
    return () => clearInterval(timer);
  }, []);
  const found = (seen?.listeners ?? []).filter((listener) => hasWords(typed, textsOf(listener)));
  // where something flows stands above where nothing does
  const listeners = found.toSorted((a, b) => Number(isUsed(b)) - Number(isUsed(a)));
  return (
    <div className="cloud-tab" role="tabpanel" aria-label="Traffic">
      <FilterBox label="Filter by load balancer, instance or version" value={typed} onValue={setTyped} />
      <p className="summary" aria-live="polite">
        {seen ? summary(seen, listeners) : 'Looking…'}
      </p>
      <div className="cloud-list">
        {listeners.map((listener) => (
          <Row key={listener.name} listener={listener} load={seen?.load ?? null} />
        ))}
        {seen && listeners.length === 0 && (
          <p className="empty">{typed ? `Nothing has “${typed}”.` : 'No load balancer listens.'}</p>
        )}
      </div>
    </div>
  );
}

function Row({ listener, load }: { readonly listener: Listener; readonly load: Load | null }) {
  const { name, kind, address, url, requests, errors, connections, protocol, policy } = listener;
  const counted = kind === 'NetworkLoadBalancer' ? 'flows' : 'requests';
  // what answers behind TCP speaks HTTP, also where nobody in between knows
  const link = url?.startsWith('udp:') ? undefined : url?.replace('tcp:', 'http:');
  return (
    <section aria-label={name}>
      <h2>
        <span>{name}</span>
        <small title={`${protocol}, ${words(policy ?? '')}`}>{address}</small>
      </h2>
      <div className="flow">
        <dl className="flow-figures">
          <Figure term={`${counted}/s`} value={rate(requests.perSecond)} />
          <Figure term={counted} value={String(requests.total)} />
          <Figure term="errors" value={String(errors.total)} isBad={errors.total > 0} />
          <Figure term="connections" value={String(connections)} />
        </dl>
        <Versions listener={listener} />
        <Backends listener={listener} />
        <div className="flow-foot">
          {link ? (
            <a href={link} target="_blank" rel="noreferrer">
              {link.replace('http://', '')}
            </a>
          ) : (
            <small>{url ?? 'opening'}</small>
          )}
          {link && <LoadSwitch listener={name} load={load} />}
        </div>
      </div>
    </section>
  );
}

function Figure({
  term,
  value,
  isBad = false,
}: {
  readonly term: string;
  readonly value: string;
  readonly isBad?: boolean;
}) {
  return (
    <div>
      <dt>{term}</dt>
      <dd className={isBad ? 'flow-bad' : undefined}>{value}</dd>
    </div>
  );
}

const isUsed = ({ requests }: Listener): boolean => requests.total > 0;

const rate = (perSecond: number): string => (perSecond >= 10 ? perSecond.toFixed(0) : perSecond.toFixed(1));

const words = (policy: string): string => policy.toLowerCase().replaceAll('_', ' ');

function summary({ reachedDeleted }: Seen, listeners: readonly Listener[]): string {
  const perSecond = listeners.reduce((sum, { requests }) => sum + requests.perSecond, 0);
  const errors = listeners.reduce((sum, listener) => sum + listener.errors.total, 0);
  const parts = [
    `${listeners.length} ${listeners.length === 1 ? 'listener' : 'listeners'}`,
    `${rate(perSecond)} requests/s`,
    `${errors} errors`,
  ];
  return [...parts, ...(reachedDeleted > 0 ? [`${reachedDeleted} to deleted instances`] : [])].join(' · ');
}

function textsOf({ name, backends, versions }: Listener): string[] {
  return [name, ...Object.keys(versions), ...backends.flatMap((each) => [each.name, each.instance ?? ''])];
}

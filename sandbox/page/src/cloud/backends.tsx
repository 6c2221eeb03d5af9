import type { Listener, ListenerBackend } from '../live/types.ts';
import type { Tone } from './states.ts';

/** The backends of a listener with their flags, and what the load balancer's nodes think of them. */
export function Backends({ listener: { set, backends } }: { readonly listener: Listener }) {
  if (backends.length === 0) return <p className="flow-quiet">{`Backend set ${set} is empty.`}</p>;
  return (
    <ul aria-label={`Backends of ${set}`}>
      {backends.map((backend) => (
        <Row key={backend.name} backend={backend} />
      ))}
    </ul>
  );
}

function Row({ backend }: { readonly backend: ListenerBackend }) {
  const { name, instance, version, requests, health } = backend;
  const { word, tone } = healthOf(health);
  const about = [version, ...flagsOf(backend)].filter(Boolean).join(' · ');
  return (
    <li
      className="resource"
      aria-label={`${instance ?? name}: ${word}`}
      title={`${name}\n${health.join(', ')}`}
    >
      <span className="resource-name">
        <strong>{instance ?? name}</strong>
        <small>{about}</small>
      </span>
      <small className="flow-count">{requests.perSecond.toFixed(1)}/s</small>
      <span key={word} className={`state ${tone}`}>
        {word}
      </span>
    </li>
  );
}

function flagsOf({ weight, drain, backup, offline, active, errors }: ListenerBackend): string[] {
  return [
    weight === 1 ? '' : `weight ${weight}`,
    drain ? 'drained' : '',
    offline ? 'offline' : '',
    backup ? 'backup' : '',
    active > 0 ? `${active} under way` : '',
    errors > 0 ? `${errors} errors` : '',
  ].filter(Boolean);
}

/** As GetBackendHealth has it: the nodes agree, or they do not. */
function healthOf(health: readonly string[]): { readonly word: string; readonly tone: Tone } {
  if (health.length === 0 || health.includes('UNKNOWN')) return { word: 'unknown', tone: 'off' };
  const well = health.filter((each) => each === 'OK').length;
  if (well === health.length) return { word: 'ok', tone: 'good' };
  return well > 0 ? { word: 'warning', tone: 'changing' } : { word: 'critical', tone: 'bad' };
}

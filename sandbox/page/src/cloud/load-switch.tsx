import { post, remove } from '../live/http.ts';
import { refresh } from '../live/live.ts';
import { paths } from '../live/paths.ts';
import type { Load } from '../live/types.ts';

const usual = { connections: 20, rate: 40 };

/** Sends a made-up public to the listener, and tells how it fares. */
export function LoadSwitch({ listener, load }: { readonly listener: string; readonly load: Load | null }) {
  const isOn = load?.listener === listener;
  const turn = async () => {
    await (isOn ? remove(`${paths.traffic}/load`) : post(`${paths.traffic}/load`, { listener, ...usual }));
    refresh(paths.traffic);
  };
  return (
    <span className="flow-load">
      {isOn && <small aria-live="polite">{told(load)}</small>}
      <button type="button" className="button" aria-pressed={isOn} onClick={turn}>
        {isOn ? 'Stop sending' : `Send ${usual.rate} requests/s`}
      </button>
    </span>
  );
}

function told({ sent, failed, statuses }: Load): string {
  const wrong = Object.entries(statuses).filter(([status]) => status === 'cut' || Number(status) >= 400);
  const why = wrong.map(([status, count]) => `${count} × ${status}`).join(', ');
  return `${sent} sent, ${failed} failed${why && ` (${why})`}`;
}

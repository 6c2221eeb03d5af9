import type { Listener } from '../live/types.ts';

/** As many as there are colours; more share them. */
const COLOURS = 5;

/** Which versions answer: their shares of the last ten seconds, or of all when it is quiet. */
export function Versions({ listener: { versions } }: { readonly listener: Listener }) {
  const all = Object.entries(versions).sort(([a], [b]) => a.localeCompare(b, undefined, { numeric: true }));
  if (all.length === 0) return <p className="flow-quiet">Nobody has asked yet.</p>;
  const lately = all.reduce((sum, [, counted]) => sum + counted.lately, 0);
  const amount = (counted: { lately: number; total: number }) =>
    lately > 0 ? counted.lately : counted.total;
  const sum = all.reduce((so, [, counted]) => so + amount(counted), 0);
  const shares = all.map(([version, counted], at) => ({
    version: version === '-' ? 'no version' : version,
    share: sum > 0 ? amount(counted) / sum : 0,
    errors: counted.errors,
    colour: `version-${at % COLOURS}`,
  }));
  return (
    <figure className="flow-versions" aria-label="Versions">
      <div className="flow-bar">
        {shares.map(({ version, share, colour }) => (
          <span
            key={version}
            className={colour}
            style={{ flexGrow: share }}
            title={`${version} ${percent(share)}`}
          />
        ))}
      </div>
      <figcaption>
        {shares.map(({ version, share, colour, errors }) => (
          <span key={version}>
            <i className={colour} /> {version} <strong>{percent(share)}</strong>
            {errors > 0 && <em className="flow-bad"> {errors} errors</em>}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

const percent = (share: number): string => `${(share * 100).toFixed(share > 0 && share < 0.01 ? 1 : 0)} %`;

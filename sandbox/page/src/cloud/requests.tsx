import { useMemo, useState } from 'react';
import { useLive } from '../live/live.ts';
import { paths } from '../live/paths.ts';
import type { CloudRequest, Resource } from '../live/types.ts';
import { FilterBox, hasWords } from './filter-box.tsx';

const MOST = 200;
const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', hourCycle: 'h23' });

/** What was called, the newest first: each opens to what support would ask for. */
export function Requests() {
  const [typed, setTyped] = useState('');
  const requests = useLive<{ requests: CloudRequest[] }>(paths.requests)?.requests;
  const resources = useLive<{ resources: Resource[] }>(paths.resources)?.resources;
  const names = useMemo(() => new Map(resources?.map(({ ocid, name }) => [ocid, name])), [resources]);
  const found = (requests ?? [])
    .map((request, number) => ({ request, number }))
    .filter(({ request }) => hasWords(typed, textsOf(request, names)));
  return (
    <div className="cloud-tab" role="tabpanel" aria-label="Requests">
      <FilterBox label="Filter by operation, status or name" value={typed} onValue={setTyped} />
      <p className="summary">{requests ? `${found.length} requests` : 'Looking…'}</p>
      <ul className="cloud-list">
        {found
          .slice(-MOST)
          .reverse()
          .map(({ request, number }) => (
            <Row key={number} request={request} name={names.get(request.resource ?? '')} />
          ))}
        {requests && found.length === 0 && (
          <li className="empty">
            {typed ? `Nothing has “${typed}”.` : 'Nothing has been asked of the cloud yet.'}
          </li>
        )}
      </ul>
    </div>
  );
}

function Row({ request, name }: { readonly request: CloudRequest; readonly name: string | undefined }) {
  const { operation, method, path, status, ms, time: at, region, fault } = request;
  return (
    <li className="request">
      <details>
        <summary>
          <span className={`status ${statusTone(status)}`}>{status || 'cut'}</span>
          <span className="resource-name">
            <strong>{operation?.split('.').at(-1) ?? `${method} ${path}`}</strong>
            <small>
              {[name, region].filter(Boolean).join(' · ')}
              {fault && ' · fault'}
            </small>
          </span>
          <small className="request-time">
            {time.format(new Date(at))}
            <br />
            {Math.round(ms)} ms
          </small>
        </summary>
        <dl>
          {detailsOf(request).map(([term, text]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </details>
    </li>
  );
}

function detailsOf(request: CloudRequest): (readonly [string, string])[] {
  const { method, path, requestId, retryToken, ifMatch, code, fault } = request;
  const all: (readonly [string, string | undefined])[] = [
    ['Request', `${method} ${path}`],
    ['opc-request-id', requestId],
    ['opc-retry-token', retryToken],
    ['if-match', ifMatch],
    ['Code', code],
    ['Fault', fault],
  ];
  return all.flatMap(([term, text]) => (text ? [[term, text] as const] : []));
}

function statusTone(status: number): string {
  if (status === 0 || status >= 500) return 'bad';
  return status >= 400 ? 'changing' : 'good';
}

function textsOf(request: CloudRequest, names: ReadonlyMap<string, string>): string[] {
  const { operation = '', method, path, status, region = '', requestId, resource = '', fault } = request;
  return [
    operation,
    method,
    path,
    String(status),
    region,
    requestId,
    names.get(resource) ?? '',
    fault ? 'fault' : '',
  ];
}

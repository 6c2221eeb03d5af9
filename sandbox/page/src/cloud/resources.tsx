import { useMemo, useState } from 'react';
import { useLive } from '../live/live.ts';
import { paths } from '../live/paths.ts';
import type { Resource } from '../live/types.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { FilterBox, hasWords } from './filter-box.tsx';
import { toneOf, words } from './states.ts';

/** What there is, by region and compartment, with its state as it changes. */
export function Resources() {
  const [typed, setTyped] = useState('');
  const resources = useLive<{ resources: Resource[] }>(paths.resources)?.resources;
  // Containers follow their container instance; they would say everything twice.
  const all = useMemo(() => resources?.filter(({ kind }) => kind !== 'container') ?? [], [resources]);
  const found = all.filter((resource) => hasWords(typed, textsOf(resource)));
  return (
    <div className="cloud-tab" role="tabpanel" aria-label="Resources">
      <FilterBox label="Filter by name, tag, state or region" value={typed} onValue={setTyped} />
      <p className="summary" aria-live="polite">
        {resources ? summary(found) : 'Looking…'}
      </p>
      <div className="cloud-list">
        {[...Map.groupBy(found, ({ region, compartment }) => `${region} ${compartment}`)].map(
          ([place, group]) => (
            <Group key={place} resources={group} />
          ),
        )}
        {resources && found.length === 0 && <p className="empty">Nothing has “{typed}”.</p>}
      </div>
    </div>
  );
}

function Group({ resources }: { readonly resources: readonly Resource[] }) {
  const [first] = resources;
  if (!first) return null;
  return (
    <section aria-label={`${first.compartment} in ${first.region}`}>
      <h2>
        <span>{first.compartment}</span>
        <small>{first.region}</small>
      </h2>
      <ul>
        {resources.map((resource) => (
          <Row key={resource.ocid} resource={resource} />
        ))}
      </ul>
    </section>
  );
}

const icons: Readonly<Record<string, IconName>> = {
  instance: 'server',
  'container-instance': 'container',
  'autonomous-database': 'database',
  'db-system': 'database',
  'vm-cluster': 'database',
  mysql: 'database',
  postgresql: 'database',
};

function Row({
  resource: { name, kind, state, freeformTags, details, ocid },
}: {
  readonly resource: Resource;
}) {
  const tags = Object.entries(freeformTags)
    .filter(([key]) => key === 'app' || key === 'env')
    .map(([key, value]) => `${key}=${value}`);
  return (
    <li
      className="resource"
      aria-label={`${name}: ${words(state)}`}
      title={`${words(kind)}\n${details ?? ''}${ocid}`}
    >
      <Icon name={icons[kind] ?? 'server'} />
      <span className="resource-name">
        <strong>{name}</strong>
        <small>{tags.join(' ')}</small>
      </span>
      <span key={state} className={`state ${toneOf(state)}`}>
        {words(state)}
      </span>
    </li>
  );
}

function summary(resources: readonly Resource[]): string {
  const counts = Map.groupBy(resources, ({ state }) => words(state));
  return [...counts].map(([state, { length }]) => `${length} ${state}`).join(' · ');
}

function textsOf({ name, kind, region, compartment, state, freeformTags }: Resource): string[] {
  return [
    name,
    kind,
    region,
    compartment,
    words(state),
    ...Object.entries(freeformTags).map(([key, value]) => `${key}=${value}`),
  ];
}

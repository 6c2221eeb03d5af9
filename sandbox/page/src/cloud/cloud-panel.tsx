import { useState } from 'react';
import { Icon } from '../ui/icon.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { Requests } from './requests.tsx';
import { Resources } from './resources.tsx';
import { Traffic } from './traffic.tsx';

/** The tenancy, live: what there is, what was asked of it, and what flows through it. */
export function CloudPanel({ onClose }: { readonly onClose: () => void }) {
  const [tab, setTab] = useState<'resources' | 'requests' | 'traffic'>('resources');
  return (
    <aside className="cloud" aria-label="Oracle Cloud">
      <header className="place-head">
        <h1>
          <Icon name="cloud" size={18} /> Oracle Cloud
        </h1>
        <button
          type="button"
          className="quiet drawer-close"
          aria-label="Close Oracle Cloud"
          onClick={onClose}
        >
          <Icon name="close" size={18} />
        </button>
      </header>
      <Tabs
        label="Oracle Cloud"
        tabs={[
          { id: 'resources', label: 'Resources' },
          { id: 'requests', label: 'Requests' },
          { id: 'traffic', label: 'Traffic' },
        ]}
        current={tab}
        onPick={setTab}
      />
      {tab === 'resources' && <Resources />}
      {tab === 'requests' && <Requests />}
      {tab === 'traffic' && <Traffic />}
    </aside>
  );
}

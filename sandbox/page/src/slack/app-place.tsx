import { useEffect, useMemo } from 'react';
import { Blocks } from '../blocks/blocks.tsx';
import { type Surface, SurfaceContext } from '../blocks/surface.ts';
import { useLive } from '../live/live.ts';
import { paths } from '../live/paths.ts';
import { go } from '../live/route.ts';
import { useSession } from '../live/session.tsx';
import type { View } from '../live/types.ts';
import { Tabs } from '../ui/tabs.tsx';
import { act, actAndTell, suggestions } from './acts.ts';
import { Talk } from './conversation.tsx';
import { Avatar } from './person.tsx';

export type AppTab = 'home' | 'messages';

/** The app's own place: its Home tab, and the messages between it and the person. */
export function AppPlace({ tab }: { readonly tab: AppTab }) {
  const { me, bot, dm } = useSession();
  return (
    <section className="conversation" aria-label="Lamplighter">
      <header className="place-head app">
        <h1>
          <Avatar id={bot?.id ?? ''} size={24} /> Lamplighter <span className="badge">APP</span>
        </h1>
        <Tabs
          label="Lamplighter"
          tabs={[
            { id: 'home', label: 'Home' },
            { id: 'messages', label: 'Messages' },
          ]}
          current={tab}
          onPick={(detail) => go({ me: me.name, place: 'app', detail })}
        />
      </header>
      {tab === 'home' && <Home key={me.id} />}
      {tab === 'messages' && dm && (
        <Talk channel={dm} name="Lamplighter" intro="your conversation with Lamplighter" />
      )}
    </section>
  );
}

function Home() {
  const { me } = useSession();
  const view = useLive<{ view: View | null }>(paths.home(me.id))?.view;
  useEffect(() => {
    void act('open-home', { user: me.id });
  }, [me.id]);

  const surface = useMemo((): Surface => {
    const place = { user: me.id, ...(view ? { view_id: view.id } : {}) };
    return {
      act: async ({ block_id, action_id: action }, option) => {
        await actAndTell('click', {
          ...place,
          block_id,
          action,
          ...(option === undefined ? {} : { option }),
        });
      },
      suggest: ({ block_id, action_id: action }, value) => suggestions({ ...place, block_id, action, value }),
    };
  }, [me.id, view]);

  return (
    <div className="home" role="tabpanel" aria-label="Home" aria-busy={!view}>
      {view ? (
        <SurfaceContext value={surface}>
          <Blocks blocks={view.blocks} />
        </SurfaceContext>
      ) : (
        <p className="empty">Lamplighter has not shown anything here yet.</p>
      )}
    </div>
  );
}

import { useCallback, useEffect, useState } from 'react';
import { CloudPanel } from './cloud/cloud-panel.tsx';
import { useEvents } from './live/events.ts';
import { useLive } from './live/live.ts';
import { paths } from './live/paths.ts';
import { go, useRoute } from './live/route.ts';
import { SessionContext, useSessionOf } from './live/session.tsx';
import { useStored } from './live/stored.ts';
import type { Message, State, User } from './live/types.ts';
import { AppPlace } from './slack/app-place.tsx';
import { Conversation } from './slack/conversation.tsx';
import { Modals } from './slack/modal.tsx';
import { QuickSwitcher } from './slack/quick-switcher.tsx';
import { Sidebar } from './slack/sidebar.tsx';
import { Thread } from './slack/thread.tsx';
import { useArrivals } from './slack/unread.ts';
import { TopBar } from './top/top-bar.tsx';
import { Toasts, toast } from './ui/toasts.tsx';

/** Where a person begins who has not been here before. */
const firstPlace = 'ops';

export function App() {
  const connected = useEvents();
  const state = useLive<State>(paths.state);
  const { me: name, place } = useRoute();
  const [last, setLast] = useStored('lamplighter.me', '');
  const people = state?.users.filter(({ isBot }) => !isBot) ?? [];
  const me = people.find((user) => user.name === name);

  useEffect(() => {
    if (me) setLast(me.name);
    const known = people.some((user) => user.name === last) ? last : people[0]?.name;
    if (known && (!me || place === '')) go({ me: me?.name ?? known, place: place || firstPlace });
  }, [me, people, last, setLast, place]);

  return (
    <>
      {!connected && (
        <p className="disconnected" role="alert">
          The sandbox does not answer. The page goes on by itself when it is back.
        </p>
      )}
      {state && me ? (
        <Workspace state={state} me={me} />
      ) : (
        <p className="loading" aria-busy="true">
          Lighting the lamps…
        </p>
      )}
      <Toasts />
    </>
  );
}

function Workspace({ state, me }: { readonly state: State; readonly me: User }) {
  const session = useSessionOf(state, me);
  const { place, detail } = useRoute();
  const [drawer, setDrawer] = useState(false);
  const channel = session.channels.find(({ name }) => name === place);
  const isApp = place === 'app';
  const thread = channel && detail;

  useEffect(() => {
    if (!channel && !isApp) go({ me: me.name, place: session.channels[0]?.name ?? 'app' });
    document.title = `${isApp ? 'Lamplighter' : `#${place}`} – ${me.real_name} – Lamplighter sandbox`;
  }, [channel, isApp, place, me, session.channels]);

  const isReading = isApp && detail === 'messages';
  const arrived = useCallback(
    (message: Message) => {
      if (message.user === me.id || isReading) return;
      const onOpen = () => go({ me: me.name, place: 'app', detail: 'messages' });
      toast({ title: 'Lamplighter wrote to you', text: message.text, onOpen });
    },
    [me, isReading],
  );
  useArrivals(session.dm?.id, arrived);

  return (
    <SessionContext value={session}>
      <div className={`frame ${thread ? 'with-thread' : ''} ${drawer ? 'with-drawer' : ''}`}>
        <TopBar cloudOpen={drawer} onCloud={() => setDrawer(!drawer)} />
        <Sidebar />
        <main>
          {channel && <Conversation key={`${me.id} ${channel.id}`} channel={channel} />}
          {isApp && <AppPlace tab={detail === 'messages' ? 'messages' : 'home'} />}
        </main>
        {thread && (
          <Thread
            key={thread}
            channel={channel}
            ts={thread}
            onClose={() => go({ me: me.name, place: channel.name })}
          />
        )}
        <CloudPanel onClose={() => setDrawer(false)} />
      </div>
      <Modals channel={channel?.id} />
      <QuickSwitcher />
    </SessionContext>
  );
}

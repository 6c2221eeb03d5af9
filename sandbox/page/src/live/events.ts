import { useEffect, useState } from 'react';
import { refresh } from './live.ts';
import { paths } from './paths.ts';

interface Change {
  readonly type: 'slack' | 'oci' | 'clock' | 'bot';
  readonly kind?: string;
  readonly channel?: string;
  readonly user?: string;
}

/** Follows the server's event stream. False while there is no connection. */
export function useEvents(): boolean {
  const [connected, setConnected] = useState(true);
  useEffect(() => {
    const stream = new EventSource('/events');
    stream.onopen = () => {
      setConnected(true);
      refresh('/');
    };
    stream.onerror = () => setConnected(false);
    stream.onmessage = ({ data }) => refresh(...touched(JSON.parse(data)));
    return () => stream.close();
  }, []);
  return connected;
}

/** The beginnings of the paths that show what changed. */
function touched({ type, kind, channel, user }: Change): readonly string[] {
  if (type === 'clock') return [paths.state, paths.resources];
  if (type === 'bot') return [paths.state];
  if (type === 'oci') {
    if (kind === 'request') return [paths.requests];
    return kind === 'faults' ? [paths.cloudFaults] : [paths.resources];
  }
  if (kind === 'message' && channel) return [paths.messages(channel)];
  if (kind === 'ephemeral' && user) return [paths.ephemerals(user)];
  if (kind === 'home' && user) return [paths.home(user)];
  if (kind === 'views' && user) return [paths.views(user)];
  return ['/'];
}

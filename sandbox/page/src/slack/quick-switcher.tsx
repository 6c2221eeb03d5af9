import { useEffect, useState } from 'react';
import { Picker } from '../blocks/elements/picker.tsx';
import type { Option } from '../blocks/held.ts';
import { hashOf, useRoute } from '../live/route.ts';
import { useSession } from '../live/session.tsx';
import { Dialog } from '../ui/dialog.tsx';

/** Ctrl+K or ⌘K: anywhere, by name. */
export function QuickSwitcher() {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setOpen((before) => !before);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  return open && <Switcher onClose={() => setOpen(false)} />;
}

function Switcher({ onClose }: { readonly onClose: () => void }) {
  const { me, channels, state } = useSession();
  const { place } = useRoute();
  const people = state.users.filter(({ id, isBot }) => !isBot && id !== me.id);
  return (
    <Dialog title="Go to" className="switcher" onClose={onClose}>
      <Picker
        label="Places"
        multiple={false}
        chosen={[]}
        source={{
          lists: [
            {
              heading: 'Channels',
              options: channels.map(({ name }) => option(hashOf(me.name, name), `#${name}`)),
            },
            {
              heading: 'Lamplighter',
              options: [
                option(hashOf(me.name, 'app', 'home'), 'Lamplighter home'),
                option(hashOf(me.name, 'app', 'messages'), 'Lamplighter messages'),
              ],
            },
            {
              heading: 'Become',
              options: people.map(({ name, real_name, role }) =>
                option(hashOf(name, place), `${real_name} – ${role}`),
              ),
            },
          ],
        }}
        onPick={({ value }) => {
          location.hash = value;
          onClose();
        }}
      />
    </Dialog>
  );
}

const option = (value: string, text: string): Option => ({ value, text: { type: 'plain_text', text } });

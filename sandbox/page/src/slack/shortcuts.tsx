import { useSession } from '../live/session.tsx';
import { Dropdown } from '../ui/dropdown.tsx';
import { Icon } from '../ui/icon.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { actAndTell } from './acts.ts';

const offered = SHORTCUTS.filter(({ type }) => type === 'global');

/** What the app offers besides commands. */
export function Shortcuts() {
  const { me } = useSession();
  if (offered.length === 0) return null;
  return (
    <Dropdown button={<Icon name="fault" />} label="Shortcuts" className="quiet" opens="menu">
      {(close) => (
        <Menu label="Shortcuts">
          {offered.map(({ name, callback_id, description }) => (
            <MenuItem
              key={callback_id}
              hint={description}
              onPick={() => {
                close();
                void actAndTell('shortcut', { user: me.id, callback_id });
              }}
            >
              {name}
            </MenuItem>
          ))}
        </Menu>
      )}
    </Dropdown>
  );
}

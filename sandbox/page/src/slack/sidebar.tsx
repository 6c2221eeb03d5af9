import type { ReactNode } from 'react';
import { go, hashOf, useRoute } from '../live/route.ts';
import { useSession } from '../live/session.tsx';
import type { Channel } from '../live/types.ts';
import { Dropdown } from '../ui/dropdown.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { Avatar } from './person.tsx';
import { useUnread } from './unread.ts';

/** Who one is, and where one can go. */
export function Sidebar() {
  const { channels, dm, me } = useSession();
  const { place, detail } = useRoute();
  const isApp = place === 'app';
  return (
    <nav className="sidebar" aria-label="Workspace">
      <PersonSwitcher />
      <div className="places">
        <h2>Channels</h2>
        <ul>
          {channels.map((channel) => (
            <ChannelLink key={channel.id} channel={channel} current={channel.name === place} />
          ))}
        </ul>
        <h2>Direct messages</h2>
        <ul>{dm && <MessagesLink dm={dm} current={isApp && detail === 'messages'} />}</ul>
        <h2>Apps</h2>
        <ul>
          <PlaceLink
            href={hashOf(me.name, 'app', 'home')}
            icon="home"
            current={isApp && detail !== 'messages'}
            label="Lamplighter home"
          >
            Lamplighter
          </PlaceLink>
        </ul>
      </div>
    </nav>
  );
}

function PersonSwitcher() {
  const { me, state } = useSession();
  const { place, detail } = useRoute();
  return (
    <Dropdown
      className="person-switcher"
      label={`You are ${me.real_name}, ${me.role}. Switch person`}
      opens="menu"
      button={
        <>
          <Avatar id={me.id} />
          <span>
            <small>You are</small>
            <strong>{me.real_name}</strong>
            <small>{me.role}</small>
          </span>
          <Icon name="chevron" />
        </>
      }
    >
      {(close) => (
        <Menu label="Switch person">
          {state.users
            .filter(({ isBot }) => !isBot)
            .map((user) => (
              <MenuItem
                key={user.id}
                checked={user.id === me.id}
                hint={user.role}
                onPick={() => {
                  close();
                  go({ me: user.name, place, ...(place === 'app' && detail ? { detail } : {}) });
                }}
              >
                <Avatar id={user.id} size={20} /> {user.real_name}
              </MenuItem>
            ))}
        </Menu>
      )}
    </Dropdown>
  );
}

function ChannelLink({ channel, current }: { readonly channel: Channel; readonly current: boolean }) {
  const { me } = useSession();
  const unread = useUnread(channel.id);
  return (
    <PlaceLink
      href={hashOf(me.name, channel.name)}
      icon={channel.kind === 'private' ? 'lock' : 'hash'}
      current={current}
      label={channel.name}
      unread={current ? 0 : unread}
    >
      {channel.name}
    </PlaceLink>
  );
}

function MessagesLink({ dm, current }: { readonly dm: Channel; readonly current: boolean }) {
  const { me } = useSession();
  const unread = useUnread(dm.id);
  return (
    <PlaceLink
      href={hashOf(me.name, 'app', 'messages')}
      icon="message"
      current={current}
      label="Lamplighter messages"
      unread={current ? 0 : unread}
    >
      Lamplighter <span className="badge">APP</span>
    </PlaceLink>
  );
}

interface PlaceLinkProps {
  readonly href: string;
  readonly icon: IconName;
  readonly current: boolean;
  readonly label: string;
  readonly unread?: number;
  readonly children: ReactNode;
}

function PlaceLink({ href, icon, current, label, unread = 0, children }: PlaceLinkProps) {
  return (
    <li>
      <a
        href={href}
        className={unread > 0 ? 'place unread' : 'place'}
        aria-current={current ? 'page' : undefined}
        aria-label={unread > 0 ? `${label}, ${unread} unread` : label}
      >
        <Icon name={icon} />
        <span className="place-name">{children}</span>
        {unread > 0 && <span className="unread-count">{unread > 99 ? '99+' : unread}</span>}
      </a>
    </li>
  );
}

import { useEffect } from 'react';
import { post, remove } from '../live/http.ts';
import { refresh, useLive } from '../live/live.ts';
import { paths } from '../live/paths.ts';
import type { Resource } from '../live/types.ts';
import { Dropdown } from '../ui/dropdown.tsx';
import { Icon } from '../ui/icon.tsx';
import { Menu, MenuHeading, MenuItem } from '../ui/menu.tsx';
import { toast } from '../ui/toasts.tsx';
import { cloudFaults, type FaultOffer, slackFaults } from './faults.ts';

/** Faults end by themselves; nobody tells the page, so it looks again every so many milliseconds. */
const LOOK_EVERY = 3_000;

interface SlackFaults {
  readonly faults: readonly unknown[];
  readonly away: boolean;
  readonly sockets_closed: boolean;
}

/** What goes wrong now, and what could. */
export function FaultsMenu() {
  const slack = useLive<SlackFaults>(paths.slackFaults);
  const cloud = useLive<{ faults: readonly unknown[] }>(paths.cloudFaults);
  const resources = useLive<{ resources: Resource[] }>(paths.resources)?.resources ?? [];
  const regions = [...new Set(resources.map(({ region }) => region))];
  const slackOff = slack?.away || slack?.sockets_closed ? 1 : 0;
  const armed = slackOff + (slack?.faults.length ?? 0) + (cloud?.faults.length ?? 0);

  useEffect(() => {
    if (armed === 0) return;
    const timer = setInterval(look, LOOK_EVERY);
    return () => clearInterval(timer);
  }, [armed]);

  return (
    <Dropdown
      className={armed > 0 ? 'top-button armed' : 'top-button'}
      label={armed > 0 ? `Faults: ${armed} armed` : 'Faults'}
      opens="menu"
      button={
        <>
          <Icon name="fault" />
          <span className="top-words">Faults</span>
          {armed > 0 && <small>{armed}</small>}
          <Icon name="chevron" size={12} />
        </>
      }
    >
      {(close) => (
        <Menu label="Faults">
          {armed > 0 && (
            <MenuItem
              onPick={() => {
                close();
                void clear();
              }}
            >
              Clear all faults
            </MenuItem>
          )}
          <MenuHeading>Slack</MenuHeading>
          <Offers offers={slackFaults} close={close} />
          <MenuHeading>Oracle Cloud</MenuHeading>
          <Offers offers={cloudFaults(regions)} close={close} />
        </Menu>
      )}
    </Dropdown>
  );
}

function Offers({ offers, close }: { readonly offers: readonly FaultOffer[]; readonly close: () => void }) {
  return offers.map((offer) => (
    <MenuItem
      key={offer.name}
      hint={offer.about}
      onPick={() => {
        close();
        void arm(offer);
      }}
    >
      {offer.name}
    </MenuItem>
  ));
}

async function arm({ name, about, path, body }: FaultOffer): Promise<void> {
  const { ok, error = '' } = await post(path, body);
  toast(ok ? { title: name, text: about } : { title: 'The fault was not armed', text: error, tone: 'bad' });
  look();
}

async function clear(): Promise<void> {
  await Promise.all([remove(paths.slackFaults), remove(paths.cloudFaults)]);
  look();
}

function look(): void {
  refresh(paths.slackFaults, paths.cloudFaults);
}

import { post } from '../live/http.ts';
import { useSession } from '../live/session.tsx';
import { longTime, shortTime, span, useNow } from '../live/times.ts';
import { Dropdown } from '../ui/dropdown.tsx';
import { Icon } from '../ui/icon.tsx';
import { Menu, MenuHeading, MenuItem } from '../ui/menu.tsx';

const steps = [
  ['5m', '5 minutes'],
  ['15m', '15 minutes'],
  ['1h', '1 hour'],
  ['1d', '1 day'],
] as const;
/** The policies that come with the sandbox are of this zone: shortly before they stop things, and when they do. */
const zone = 'Europe/Amsterdam';
const times = ['07:00', '18:40', '19:00', '22:00'] as const;

/** The sandbox's time, and ways to move it: everything that waits for a time goes with it. */
export function ClockMenu() {
  const now = useNow();
  const { offset } = useSession().state.clock;
  const ahead = Math.abs(offset) < 30_000 ? '' : ` (${span(offset)} ${offset > 0 ? 'ahead' : 'behind'})`;
  return (
    <Dropdown
      className="top-button"
      label={`Sandbox time ${shortTime(now)}${ahead}. Move the clock`}
      opens="menu"
      button={
        <>
          <Icon name="clock" />
          <time dateTime={new Date(now).toISOString()} title={longTime(now)}>
            {shortTime(now)}
          </time>
          {ahead && <small>+{span(offset)}</small>}
          <Icon name="chevron" size={12} />
        </>
      }
    >
      {(close) => {
        const move = (body: object) => {
          close();
          void post('/control/clock', body);
        };
        return (
          <Menu label="Move the clock">
            <MenuHeading>{longTime(now)}</MenuHeading>
            {steps.map(([by, words]) => (
              <MenuItem key={by} onPick={() => move({ advance: by })}>
                Advance by {words}
              </MenuItem>
            ))}
            {times.map((time) => {
              const at = nextTime(time, now);
              return (
                <MenuItem key={time} onPick={() => move({ set: at.toISOString() })} hint={hintOf(at, now)}>
                  Go to {time} in Amsterdam
                </MenuItem>
              );
            })}
            {ahead && (
              <MenuItem onPick={() => move({ set: new Date().toISOString() })}>Back to real time</MenuItem>
            )}
          </Menu>
        );
      }}
    </Dropdown>
  );
}

/** The next moment at which the clocks of the zone show this time. */
function nextTime(time: string, now: number): Date {
  const shown = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
  const minute = 60_000;
  for (let at = Math.floor(now / minute + 1) * minute; at <= now + 26 * 60 * minute; at += minute)
    if (shown.format(at) === time) return new Date(at);
  return new Date(now);
}

function hintOf(at: Date, now: number): string {
  const day = at.getDate() === new Date(now).getDate() ? 'today' : 'tomorrow';
  return `${day}, ${shortTime(at.getTime())} here`;
}

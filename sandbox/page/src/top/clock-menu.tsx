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
const hours = [8, 19] as const;

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
            {hours.map((hour) => (
              <MenuItem
                key={hour}
                onPick={() => move({ set: nextHour(hour, now) })}
                hint={dayHint(hour, now)}
              >
                Go to {shortTime(Date.parse(nextHour(hour, now)))}
              </MenuItem>
            ))}
            {ahead && (
              <MenuItem onPick={() => move({ set: new Date().toISOString() })}>Back to real time</MenuItem>
            )}
          </Menu>
        );
      }}
    </Dropdown>
  );
}

/** The next such full hour in the browser's time zone. */
function nextHour(hour: number, now: number): string {
  const at = new Date(now);
  at.setHours(hour, 0, 0, 0);
  if (at.getTime() <= now) at.setDate(at.getDate() + 1);
  return at.toISOString();
}

function dayHint(hour: number, now: number): string {
  return new Date(nextHour(hour, now)).getDate() === new Date(now).getDate() ? 'today' : 'tomorrow';
}

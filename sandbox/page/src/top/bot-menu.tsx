import { post } from '../live/http.ts';
import { useSession } from '../live/session.tsx';
import { Dropdown } from '../ui/dropdown.tsx';
import { Icon } from '../ui/icon.tsx';
import { Menu, MenuHeading, MenuItem } from '../ui/menu.tsx';
import { toast } from '../ui/toasts.tsx';

/** The bot's process. Killed, it is started again, and goes on where it was. */
export function BotMenu() {
  const { bot } = useSession().state;
  if (!bot) return <span className="top-button">No bot</span>;
  const words = bot.running ? 'running' : 'down';
  return (
    <Dropdown
      className="top-button"
      label={`Bot: ${words}`}
      opens="menu"
      button={
        <>
          <span className={`dot ${bot.running ? 'good' : 'bad'}`} />
          <span className="top-words">Bot {words}</span>
          <Icon name="chevron" size={12} />
        </>
      }
    >
      {(close) => {
        const act = (action: string) => {
          close();
          void tell(action);
        };
        return (
          <Menu label="Bot">
            <MenuHeading>{bot.pid ? `Process ${bot.pid}` : 'No process'}</MenuHeading>
            <MenuItem danger hint="it resumes" disabled={!bot.running} onPick={() => act('kill')}>
              Kill with SIGKILL
            </MenuItem>
            <MenuItem disabled={!bot.running} onPick={() => act('restart')}>
              Restart
            </MenuItem>
            {bot.running ? (
              <MenuItem onPick={() => act('stop')}>Stop</MenuItem>
            ) : (
              <MenuItem onPick={() => act('start')}>Start</MenuItem>
            )}
          </Menu>
        );
      }}
    </Dropdown>
  );
}

async function tell(action: string): Promise<void> {
  const { ok, error = '' } = await post('/control/bot', { action });
  if (!ok) toast({ title: 'That did not work', text: error, tone: 'bad' });
}

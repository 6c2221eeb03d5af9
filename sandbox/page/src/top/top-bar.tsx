import lantern from '../lantern.svg';
import { useSession } from '../live/session.tsx';
import { Icon } from '../ui/icon.tsx';
import { useTheme } from '../ui/theme.ts';
import { BotMenu } from './bot-menu.tsx';
import { ClockMenu } from './clock-menu.tsx';
import { FaultsMenu } from './faults-menu.tsx';
import { ResetButton } from './reset-button.tsx';

export interface TopBarProps {
  readonly cloudOpen: boolean;
  readonly onCloud: () => void;
}

/** The sandbox's own controls: what no Slack has. */
export function TopBar({ cloudOpen, onCloud }: TopBarProps) {
  const { team } = useSession().state;
  const [theme, setTheme] = useTheme();
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <header className="top-bar">
      <p className="brand">
        <img src={lantern} width={24} height={24} alt="" />
        <span>
          Lamplighter sandbox <small>{team.name ?? team.domain}</small>
        </span>
      </p>
      <ClockMenu />
      <FaultsMenu />
      <BotMenu />
      <ResetButton />
      <button
        type="button"
        className="top-button"
        aria-label={`Use the ${other} theme`}
        title={`Use the ${other} theme`}
        onClick={() => setTheme(other)}
      >
        <Icon name={theme === 'dark' ? 'sun' : 'moon'} />
      </button>
      <button
        type="button"
        className="top-button cloud-button"
        aria-label="Oracle Cloud"
        title="Oracle Cloud"
        aria-expanded={cloudOpen}
        onClick={onCloud}
      >
        <Icon name="cloud" size={18} />
      </button>
    </header>
  );
}

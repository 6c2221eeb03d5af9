import { type Block, Message, type MessageProps } from 'slack-blocks-to-jsx';
import { useSession } from '../live/session.tsx';
import { longTime, shortTime } from '../live/times.ts';
import { useTheme } from '../ui/theme.ts';
import { slackDate } from './date.ts';

/** Blocks that only show something. */
export function Static({ blocks }: { readonly blocks: readonly Block[] }) {
  const { state } = useSession();
  const [theme] = useTheme();
  return (
    <Message
      withoutWrapper
      blocks={[...blocks]}
      theme={theme}
      name=""
      logo=""
      data={{
        users: state.users.map(({ id, real_name }) => ({ id, name: real_name })),
        channels: state.channels.map(({ id, name }) => ({ id, name })),
        user_groups: state.groups.map(({ id, handle }) => ({ id, name: handle })),
      }}
      hooks={hooks}
    />
  );
}

const hooks: NonNullable<MessageProps['hooks']> = {
  link: ({ href, children }) => (
    <a href={href} target="_blank" rel="noreferrer">
      {children}
    </a>
  ),
  date: ({ timestamp, format, link, fallback }) => {
    const ms = Number(timestamp) * 1000;
    const text = Number.isFinite(ms) ? slackDate(ms, format) : fallback;
    const shown = (
      <time dateTime={new Date(ms).toISOString()} title={`${longTime(ms)} (${shortTime(ms)})`}>
        {text}
      </time>
    );
    return link ? <a href={link}>{shown}</a> : shown;
  },
};

import { useSession } from '../live/session.tsx';

/** Who Slack itself speaks as. */
const slackbot = 'USLACKBOT';

export function useNameOf(): (id: string) => string {
  const { user } = useSession();
  return (id) => user(id)?.real_name ?? (id === slackbot ? 'Slackbot' : id);
}

export function Avatar({ id, size = 36 }: { readonly id: string; readonly size?: number }) {
  const { user } = useSession();
  const picture = user(id)?.avatar;
  return picture ? (
    <img className="avatar" src={picture} width={size} height={size} alt="" />
  ) : (
    <span className="avatar letter" style={{ width: size, height: size }} aria-hidden="true">
      S
    </span>
  );
}

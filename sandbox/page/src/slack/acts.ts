import type { OptionGroupObject } from 'slack-blocks-to-jsx';
import { listsOf, type Option, type OptionList } from '../blocks/held.ts';
import { post } from '../live/http.ts';
import type { Outcome } from '../live/types.ts';
import { toast } from '../ui/toasts.tsx';

type Act = 'command' | 'message' | 'click' | 'submit' | 'close' | 'shortcut' | 'open-home';

/** What a person does. It went out when this resolves; what comes of it arrives as an event. */
export function act(what: Act, body: object): Promise<Outcome> {
  return post(`/control/slack/${what}`, body);
}

/** The same, saying so when the app did not take it. */
export async function actAndTell(what: Act, body: object): Promise<Outcome> {
  const outcome = await act(what, body);
  if (!outcome.ok) toast({ title: sentenceOf(outcome), tone: 'bad' });
  return outcome;
}

/** A line as it was typed: a message, or a command if it begins with `/`. */
export function say(
  line: string,
  { user, channel, thread }: { user: string; channel: string; thread: string | undefined },
): Promise<Outcome> {
  if (!line.startsWith('/'))
    return act('message', { user, channel, text: line, ...(thread ? { thread_ts: thread } : {}) });
  if (!thread) return act('command', { user, channel, text: line });
  const [command = ''] = line.split(' ');
  return Promise.resolve({ ok: false, error: `${command} is not supported in threads. Sorry!` });
}

/** What the app suggests for a type-ahead menu. */
export async function suggestions(body: object): Promise<readonly OptionList[]> {
  const answer = await post<
    Outcome & { readonly options?: readonly Option[]; readonly option_groups?: readonly OptionGroupObject[] }
  >('/control/slack/suggest', body);
  return answer.ok ? listsOf(answer) : [];
}

const sentences: Readonly<Record<string, string>> = {
  no_such_action: 'That is not there any more.',
  no_such_message: 'That message is not there any more.',
  no_such_view: 'That window is not open any more.',
  not_a_command: 'There is no such command in this workspace.',
  not_in_channel: 'You are not in that channel.',
  operation_timeout: 'Lamplighter did not respond in time. Try again?',
  slack_away: 'Slack cannot be reached: that fault is switched on.',
};

export function sentenceOf({ error = '', hint, message }: Outcome): string {
  return sentences[error] ?? message ?? hint ?? error;
}

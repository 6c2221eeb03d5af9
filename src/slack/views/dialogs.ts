import type { BlockAction, SlashCommand, ViewOutput, ViewSubmitAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { NamedCommand } from '../../command.ts';
import { argumentsOf } from '../../line/declared.ts';
import type { Log } from '../../log.ts';
import type { People } from '../people.ts';
import type { Pipeline } from '../ports.ts';
import type { Incoming, Press } from '../receiving/incoming.ts';
import { pressFrom } from '../receiving/payloads.ts';
import { faultOf, type Web } from '../web.ts';
import { type BreakGlassNotes, breakGlassModal, breakGlassView, reasonFault } from './break-glass.ts';
import {
  argumentBlock,
  type FormNotes,
  formCommand,
  formModal,
  formView,
  isBlockOf,
  type Picked,
} from './form.ts';
import { type Filled, lineOf, textIn } from './form-line.ts';
import { commandToFill } from './offer.ts';

/** What a submitted modal means, or what is wrong with it, by block id. */
export interface Submitted {
  readonly errors?: Record<string, string>;
  readonly what?: Incoming;
}

/** Whether a button asks for a modal, which changes nothing yet. */
export function opensModal({ action }: Press): boolean {
  return action === 'form' || action === 'break-glass';
}

/** The modals: opened at once, since a trigger lives for three seconds, and read when submitted. */
export class Dialogs {
  readonly #web: Web;
  readonly #pipeline: Pipeline;
  readonly #people: People;
  readonly #log: Log;

  constructor(deps: {
    readonly web: Web;
    readonly pipeline: Pipeline;
    readonly people: People;
    readonly log: Log;
  }) {
    this.#web = deps.web;
    this.#pipeline = deps.pipeline;
    this.#people = deps.people;
    this.#log = deps.log;
  }

  /** Opens the modal that a button stands for, or puts a picked one right. */
  async opened(body: BlockAction): Promise<void> {
    const [used] = body.actions;
    if (used?.action_id === formCommand && body.view) {
      const named = used.type === 'static_select' ? used.selected_option.value : '';
      return this.#changeForm(body.view, named, {});
    }
    if (used && body.view?.callback_id === formView)
      return this.#picked(body.view, used.block_id, body.user.id);
    const press = pressFrom(body);
    if (press?.action === 'form') await this.form(body.trigger_id, press.value, press.channel);
    if (press?.action !== 'break-glass') return;
    const { value, channel, thread } = press;
    const notes: BreakGlassNotes = { value, channel, ...(thread ? { thread } : {}) };
    await this.#open(body.trigger_id, breakGlassModal(notes));
  }

  /** Whether the line leaves out what its form would ask for. */
  asksFor({ text }: SlashCommand): boolean {
    return this.#formOf(text) !== undefined;
  }

  /** Opens the form that a line without what it needs asks for; false when it is to be taken as it is. */
  async asked({ text, trigger_id, channel_id }: SlashCommand): Promise<boolean> {
    const name = this.#formOf(text);
    return name !== undefined && (await this.form(trigger_id, name, channel_id));
  }

  #formOf(line: string): string | undefined {
    const command = commandToFill(line, this.#pipeline);
    return this.#pipeline.commands.find(({ name, opensForm }) => name === command && opensForm)?.name;
  }

  /** Answers whether it was opened. */
  async form(trigger: string, command: string | undefined, channel: string): Promise<boolean> {
    const { commands } = this.#pipeline;
    const chosen = commands.find(({ name }) => name === command);
    return this.#open(trigger, formModal(commands, chosen, { channel }));
  }

  submitted({ view, user }: ViewSubmitAction): Submitted {
    if (view.callback_id === formView) return this.#formSubmitted(view, user.id);
    if (view.callback_id === breakGlassView) return glassBroken(view, user.id);
    return {};
  }

  #formSubmitted(view: ViewOutput, user: string): Submitted {
    const filled = view.state.values;
    const name = textIn(filled, 'command');
    const command = this.#pipeline.commands.find((each) => each.name === name);
    if (!command) return { errors: { command: 'Pick a command.' } };
    const line = lineOf(command, filled);
    const fault = this.#pipeline.fault(line);
    if (fault) {
      return { errors: { [this.#toBlame(command, filled)]: fault } };
    }
    return { what: { type: 'form', line, user, channel: textIn(filled, 'channel') } };
  }

  /** The field without which the line could be read, else the first. */
  #toBlame(command: NamedCommand, filled: Filled): string {
    const blocks = argumentsOf(command).flatMap(([name]) =>
      Object.keys(filled).filter((id) => isBlockOf(id, argumentBlock(command, name))),
    );
    const isToBlame = (block: string) => {
      const { [block]: _, ...others } = filled;
      return this.#pipeline.fault(lineOf(command, others)) === undefined;
    };
    return blocks.find(isToBlame) ?? blocks[0] ?? 'command';
  }

  /** What other fields depend on was picked: they are asked for anew. */
  async #picked(view: ViewOutput, block: string, user: string): Promise<void> {
    const filled = view.state.values;
    const command = this.#pipeline.commands.find(({ name }) => name === textIn(filled, 'command'));
    const picked = command && argumentsOf(command).find(([name]) => argumentBlock(command, name) === block);
    if (!picked) return;
    const beside = { [picked[0]]: textIn(filled, block) };
    await this.#changeForm(view, command.name, beside);
    await this.#foresee(command, beside, user);
  }

  /** Asks for what will be offered, so that it is there when it is asked for: Slack waits three seconds for it. */
  async #foresee(command: NamedCommand, beside: Picked, user: string): Promise<void> {
    try {
      const actor = await this.#people.actor(user);
      const wanted = argumentsOf(command).flatMap(([, { offers, per }]) =>
        offers && per !== undefined && Object.hasOwn(beside, per) ? [offers] : [],
      );
      await Promise.all(wanted.map((what) => this.#pipeline.suggest({ what, typed: '', actor, beside })));
    } catch (error) {
      this.#log.warn({ reason: String(error) }, 'what a form will offer could not be looked up');
    }
  }

  /** Other fields take the place of the old ones; Slack keeps what stands in those that stay. */
  async #changeForm(view: ViewOutput, command: string, picked: Picked): Promise<void> {
    const { commands } = this.#pipeline;
    const chosen = commands.find(({ name }) => name === command);
    const { channel }: FormNotes = JSON.parse(view.private_metadata);
    await this.#try(() =>
      this.#web.once.views.update({
        view_id: view.id,
        hash: view.hash,
        view: formModal(commands, chosen, { channel, picked }),
      }),
    );
  }

  #open(trigger: string, view: ModalView): Promise<boolean> {
    return this.#try(() => this.#web.once.views.open({ trigger_id: trigger, view }));
  }

  /** A repeated delivery finds its trigger used up; a slow one finds it expired. Neither can be mended. */
  async #try(call: () => Promise<unknown>): Promise<boolean> {
    try {
      await call();
      return true;
    } catch (error) {
      this.#log.warn({ because: faultOf(error).because }, 'a modal was not opened');
      return false;
    }
  }
}

function glassBroken(view: ViewOutput, user: string): Submitted {
  const reason = textIn(view.state.values, 'reason');
  const fault = reasonFault(reason);
  if (fault) return { errors: { reason: fault } };
  const { value, channel, thread }: BreakGlassNotes = JSON.parse(view.private_metadata);
  return {
    what: {
      type: 'press',
      action: 'break-glass',
      value,
      reason,
      user,
      channel,
      ...(thread ? { thread } : {}),
    },
  };
}

import type { UsergroupsListResponse, UsersInfoResponse } from '@slack/web-api';
import type { Actor } from '../core/actor.ts';
import type { Clock } from '../core/clock.ts';
import { Refusal } from '../core/refusal.ts';
import { stopped } from '../core/text.ts';
import type { Log } from '../log.ts';
import type { SlackSettings } from './ports.ts';
import { faultOf, type Web } from './web.ts';

/** How old an answer of Slack about people may be, in ms, for who looks or asks. */
const fresh = 60_000;
/** The same for who decides: a removed approver loses the say at once, a storm of presses asks Slack once. */
export const freshForDecisions = 3_000;

/** Why somebody is kept out, if they are, and the zone that they live by. */
interface Member {
  readonly why: string | undefined;
  readonly zone: string | undefined;
}

type Groups = ReadonlyMap<string, readonly string[]>;

/** Slack's word that user groups cannot be had here, now or ever: rights then name people. */
const noGroups: ReadonlySet<string> = new Set([
  'plan_upgrade_required',
  'paid_teams_only',
  'missing_scope',
  'permission_denied',
  // a workspace, or a stand-in for Slack, that has no user groups at all
  'unknown_method',
]);

/**
 * Who stands behind a Slack user id: a member of this workspace with the user groups they are in now.
 * Guests, bots and people of other workspaces are refused unless the settings let them in.
 */
export class People {
  readonly #web: Web;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #team: string;
  readonly #settings: SlackSettings;
  readonly #members = new Map<string, { readonly at: number; readonly member: Promise<Member> }>();
  #groups: { readonly at: number; readonly answer: Promise<Groups> } | undefined;

  constructor(deps: {
    readonly web: Web;
    readonly clock: Clock;
    readonly log: Log;
    readonly team: string;
    readonly settings: SlackSettings;
  }) {
    this.#web = deps.web;
    this.#clock = deps.clock;
    this.#log = deps.log;
    this.#team = deps.team;
    this.#settings = deps.settings;
  }

  /** Throws a Refusal for who may not use the bot at all, and when Slack does not say who it is. */
  async actor(user: string, maxAge = fresh): Promise<Actor> {
    const { why, zone } = await this.#member(user, maxAge);
    if (why) throw new Refusal(why, 'Ask a member of this workspace, or those who run me.');
    const groups = await this.#userGroups(maxAge);
    return {
      kind: 'slack',
      user,
      team: this.#team,
      groups: [...groups].flatMap(([id, members]) => (members.includes(user) ? [id] : [])).sort(),
      ...(zone ? { zone } : {}),
    };
  }

  /** The people in a user group, or undefined where Slack knows no such group. */
  async members(group: string): Promise<readonly string[] | undefined> {
    return (await this.#userGroups(fresh)).get(group);
  }

  /** Slack said that user groups changed. */
  forgetGroups(): void {
    this.#groups = undefined;
  }

  #member(user: string, maxAge: number): Promise<Member> {
    const now = this.#clock.now();
    const known = this.#members.get(user);
    if (known && Math.abs(now - known.at) < maxAge) return known.member;
    const member = this.#lookAt(user);
    this.#members.set(user, { at: now, member });
    member.catch(() => this.#members.delete(user));
    return member;
  }

  async #lookAt(id: string): Promise<Member> {
    const { user } = await this.#ask('users.info', () => this.#web.reads.users.info({ user: id }));
    return { why: this.#keptOut(user), zone: user?.tz };
  }

  #keptOut(user: UsersInfoResponse['user']): string | undefined {
    const { allowGuests, allowOtherWorkspaces } = this.#settings;
    if (!user || user.deleted) return 'Your Slack account is not active here.';
    if (user.is_bot) return 'I take nothing from other bots.';
    const team = user.team_id ?? this.#team;
    const foreign = team !== this.#team || user.is_stranger === true;
    if (foreign)
      return allowOtherWorkspaces.includes(team) ? undefined : 'I work for people of this workspace only.';
    const guest = user.is_restricted === true || user.is_ultra_restricted === true;
    return guest && !allowGuests ? 'I take nothing from guests of this workspace.' : undefined;
  }

  #userGroups(maxAge: number): Promise<Groups> {
    const now = this.#clock.now();
    if (this.#groups && Math.abs(now - this.#groups.at) < maxAge) return this.#groups.answer;
    const asked = { at: now, answer: this.#lookAtGroups() };
    this.#groups = asked;
    asked.answer.catch(() => {
      if (this.#groups === asked) this.#groups = undefined;
    });
    return asked.answer;
  }

  async #lookAtGroups(): Promise<Groups> {
    const { usergroups = [] } = await this.#ask<UsergroupsListResponse>(
      'usergroups.list',
      () => this.#web.reads.usergroups.list({ include_users: true }),
      (error) => {
        if (!noGroups.has(error)) return undefined;
        this.#log.warn({ error }, 'Slack gives no user groups: only rules that name people hold');
        return { ok: true };
      },
    );
    return new Map(usergroups.flatMap(({ id, users }) => (id ? [[id, users ?? []]] : [])));
  }

  /** A question about people: no answer means that nobody is let in. */
  async #ask<R>(
    method: string,
    call: () => Promise<R>,
    otherwise?: (error: string) => R | undefined,
  ): Promise<R> {
    try {
      return await call();
    } catch (error) {
      const fault = faultOf(error);
      const instead = fault.kind === 'refused' ? otherwise?.(fault.error) : undefined;
      if (instead) return instead;
      this.#log.warn({ method, because: fault.because }, 'Slack does not say who somebody is');
      throw new Refusal(
        'Slack does not tell me who you are, so I did nothing.',
        `${stopped(fault.because)} Try again in a minute.`,
      );
    }
  }
}

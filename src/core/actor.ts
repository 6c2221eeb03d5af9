/**
 * Who asked. Rights hang on ids, never on names: a display name can be changed by its bearer.
 * `groups` are the Slack user group ids (S…) that held when the actor was resolved.
 */
export type Actor =
  | {
      readonly kind: 'slack';
      readonly user: string;
      readonly team: string;
      readonly groups: readonly string[];
      /** IANA, as the profile says it: what a time of day means that they type. */
      readonly zone?: string;
    }
  | { readonly kind: 'terminal'; readonly user: string; readonly zone?: string }
  /** A policy whose hour has come. */
  | { readonly kind: 'schedule'; readonly policy: string };

/** Where the answer goes. */
export type Origin =
  | {
      readonly kind: 'slack';
      readonly channel: string;
      readonly channelName?: string;
      readonly thread?: string;
    }
  | { readonly kind: 'terminal' };

/** The id that rules, audit entries and "not the requester" compare: `U…`, `terminal:ana`, `schedule:dev`. */
export function actorId(actor: Actor): string {
  switch (actor.kind) {
    case 'slack':
      return actor.user;
    case 'terminal':
      return `terminal:${actor.user}`;
    case 'schedule':
      return `schedule:${actor.policy}`;
  }
}

/** Every id under which rules and asks may name the actor. */
export function actorIds(actor: Actor): readonly string[] {
  return actor.kind === 'slack' ? [actor.user, ...actor.groups] : [actor.kind, actorId(actor)];
}

/** Whether nobody but the one who asked sees what is answered there: a terminal, a direct message. */
export function isOutOfSight(origin: Origin): boolean {
  return origin.kind === 'terminal' || /^[DU]/.test(origin.channel);
}

import type { Actor } from './actor.ts';
import { actorId, actorIds } from './actor.ts';

/** What a rule asks for before a plan may run. */
export interface Ask {
  /** Slack user ids (U…) and user group ids (S…), any of which may decide. */
  readonly from: readonly string[];
  /** How many different people must approve. */
  readonly count: number;
  /** Milliseconds from the request until it expires. */
  readonly within: number;
  /** Whether the requester may be one of them. */
  readonly requesterMayApprove: boolean;
}

/** An ask that is under way, with the decisions so far in the order they were made. */
export interface Approval {
  /** All of them must be met; one approver may count for several. */
  readonly asks: readonly Ask[];
  readonly digest: string;
  readonly requester: string;
  readonly askedAt: number;
  readonly expiresAt: number;
  /** It expires when its schedule wants something else, and not since nobody answered for long. */
  readonly lapses?: true;
  readonly decisions: readonly Decision[];
}

export interface Decision {
  readonly by: string;
  readonly verdict: 'approve' | 'deny' | 'break-glass';
  readonly at: number;
  readonly reason?: string;
  /** Which of the approval's asks it counts for, by position. */
  readonly counts?: readonly number[];
}

/** The shortest reason for a broken glass that tells its reader something, in characters. */
export const minReason = 10;

/** A press of Approve or Deny, re-authorised by the caller: `by` is who pressed with the groups they are in now. */
export interface Press {
  readonly by: Actor;
  readonly verdict: Decision['verdict'];
  readonly digest: string;
  readonly reason?: string;
}

export type Ruling =
  | { readonly state: 'approved' | 'denied'; readonly decision: Decision }
  /** Counted, but more are needed. */
  | { readonly state: 'counted'; readonly decision: Decision; readonly missing: number }
  /** Not counted; the sentence is for the person who pressed. `decided`: who was first, when it is decided. */
  | { readonly state: 'refused'; readonly because: string; readonly decided?: Decision }
  | { readonly state: 'expired'; readonly because: string };

/**
 * What a press does to an approval that is still open. Pure: the store makes sure that two presses
 * never see the same decisions.
 */
export function rule(approval: Approval, press: Press, now: number): Ruling {
  const by = actorId(press.by);
  if (now >= approval.expiresAt) return { state: 'expired', because: tooLate(approval) };
  if (press.digest !== approval.digest)
    return {
      state: 'refused',
      because: 'The plan changed after this message was posted. Nothing was decided.',
    };
  const decision = { by, verdict: press.verdict, at: now, ...(press.reason ? { reason: press.reason } : {}) };
  if (press.verdict === 'break-glass') return { state: 'approved', decision };
  if (by === approval.requester && press.verdict === 'deny') return { state: 'denied', decision };
  const mayCount = approval.asks.filter((ask) => by !== approval.requester || ask.requesterMayApprove);
  if (mayCount.length === 0)
    return { state: 'refused', because: 'You asked for this yourself; somebody else must approve it.' };
  if (!mayCount.some((ask) => isAsked(ask, press.by)))
    return { state: 'refused', because: 'You are not among those who may decide this.' };
  if (approval.decisions.some((each) => each.by === by))
    return { state: 'refused', because: 'You have already decided; another person is needed.' };
  if (press.verdict === 'deny') return { state: 'denied', decision };
  const counted = {
    ...decision,
    counts: approval.asks.flatMap((ask, at) =>
      mayCount.includes(ask) && isAsked(ask, press.by) ? [at] : [],
    ),
  };
  const missing = missingIn(approval.asks, [...approval.decisions, counted]);
  return missing > 0
    ? { state: 'counted', decision: counted, missing }
    : { state: 'approved', decision: counted };
}

/** What who presses after the end is told. */
export function tooLate({ lapses }: Pick<Approval, 'lapses'>): string {
  return lapses ? lapsed : 'This request has expired. Ask for it again.';
}

/** Why nothing came of a question that nobody answered. */
export function unanswered({ lapses }: Pick<Approval, 'lapses'>): string {
  return lapses ? lapsed : 'It was not approved in time.';
}

const lapsed = 'Its hour is over: its schedule wants something else now.';

/** How many more people are needed, if no one counts for two asks. */
export function missingIn(asks: readonly Ask[], decisions: readonly Decision[]): number {
  return asks
    .map((ask, at) => Math.max(0, ask.count - decisions.filter((each) => each.counts?.includes(at)).length))
    .reduce((sum, each) => sum + each, 0);
}

/** When those who are asked are reminded: with growing gaps, the last one while there still is time. */
export function reminders(approval: Approval): readonly number[] {
  const window = approval.expiresAt - approval.askedAt;
  return [1 / 8, 3 / 8, 3 / 4].map((part) => approval.askedAt + Math.round(window * part));
}

/** Whether the ask names this person or a group they are in. */
export function isAsked(ask: Ask, actor: Actor): boolean {
  return actorIds(actor).some((id) => ask.from.includes(id));
}

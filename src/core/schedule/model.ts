import type { Kind } from '../kinds/all.ts';
import type { Act } from '../kinds/facts.ts';
import type { Selector } from '../selector.ts';

/** The values of the lights-out core. Everything in this folder is pure; `now` is an argument. */

/**
 * What a timetable wants of a resource: up (at the size it had), down, up at a size, or `any`, which is
 * to leave it as it is.
 */
export type Want = 'up' | 'down' | 'any' | { readonly size: string };

/** A moment from which on something else is wanted. Milliseconds since 1970-01-01T00:00Z. */
export interface Edge {
  readonly at: number;
  readonly want: Want;
  /** A few words for people: `the window Mon-Fri 07:30-20:00 ends`, `closed: King's Day`. */
  readonly because: string;
}

/** What is wanted at one moment, since when and until when. */
export interface Moment {
  readonly want: Want;
  readonly because: string;
  /** The edge that brought it about; absent where it has always been so (`always`, `never`). */
  readonly since?: number;
  /** The next edge; absent where there is none within two years. */
  readonly until?: number;
  /** A calendar keeps everything as it is: `since` and `until` are the freeze's. */
  readonly frozen?: true;
}

/** A timetable that has been read: windows, one-sided times, cron, calendars, or 24 sizes from a tag. */
export interface Timetable {
  /** As it was written, in one line. */
  readonly text: string;
  /** IANA. */
  readonly zone: string;
  at(moment: number): Moment;
  /** Every edge in (from, to], in order, no two of one instant. */
  edges(from: number, to: number): readonly Edge[];
  /** When what an edge begins has to be there: later than the edge where it is begun early, see `early`. */
  meant?(edge: number): number;
  /**
   * Windows that say the same twice on some day between two instants, and what could be left out, since it counts at
   * no moment between them: sentences without their subject and their full stop.
   */
  overlaps?(from: number, to: number): readonly string[];
}

/** What a policy does with its resources when they are to be down; up always restores what was before. */
export type Dimming =
  | { readonly act: 'stop'; readonly force?: boolean }
  | { readonly act: 'scale'; readonly size: string };

/** Resources that are handled together. On the way up groups follow their order, on the way down the reverse. */
export interface Group {
  readonly name: string;
  readonly what: readonly Selector[];
  readonly dimming: Dimming;
}

/** What one team says of the resources it owns. */
export interface Policy {
  /** Unique among all files: letters, digits, hyphens. */
  readonly name: string;
  readonly team?: string;
  /** Where its warnings and reports go: a channel id. */
  readonly channel?: string;
  /** `policies/shop.yml:12`, for check and for conflicts. */
  readonly place: string;
  readonly what: readonly Selector[];
  readonly except: readonly Selector[];
  /** At least one. A resource belongs to the first that matches; the last one of a file without groups is everything. */
  readonly groups: readonly Group[];
  readonly timetable: Timetable;
  /** Level-triggered: what anybody does by hand is put right. Otherwise only edges act. */
  readonly enforced: boolean;
  /** Never stop: a timetable of `always` that wins over every other policy of the same resource. */
  readonly protects: boolean;
  /** Milliseconds before a stop that the channel is warned; 0 for no warning. */
  readonly warning: number;
  /** More resources than this in one go, and a person is asked. */
  readonly atMost: number;
  /** The longest that one `keep` may hold, in milliseconds. */
  readonly longestKeep: number;
  /** New resources are left alone for this long after they were created or first seen, in milliseconds. */
  readonly settleIn: number;
}

/** A person's word that stands above the timetable until it ends. It always ends. */
export interface Keep {
  /** `keep-12`. */
  readonly id: string;
  readonly ocid: string;
  readonly want: 'up' | 'down';
  readonly until: number;
  readonly at: number;
  /** An actor's id. */
  readonly by: string;
  readonly because?: string;
}

/** A policy that does nothing until a moment. */
export interface Pause {
  readonly policy: string;
  readonly until: number;
  readonly at: number;
  readonly by: string;
  readonly because?: string;
}

/** The last act of schedules in each direction, and how many of them in a row were turned back right after they were done. */
export type Tried = Readonly<
  Partial<
    Record<
      'up' | 'down',
      {
        readonly edge: number;
        readonly doneAt?: number;
        readonly turned: number;
        readonly turnedAt?: number;
      }
    >
  >
>;

/** What is remembered of one resource from one look to the next. One row each in the store. */
export interface Memory {
  readonly ocid: string;
  /** The policy that decided last. */
  readonly policy: string;
  /** The edge, or the end of a keep, that was followed last. */
  readonly edge: number;
  readonly want: Want;
  readonly decidedAt: number;
  readonly because: string;
  /** How far the act that followed got; `none` where nothing had to be done. */
  readonly outcome: 'none' | 'pending' | 'done' | 'failed';
  /** The operation that carried it out. */
  readonly operation?: string;
  /** Starts or stops that failed in a row, and when to try again. */
  readonly tries: number;
  readonly retryAt?: number;
  /** When it was seen for the first time. */
  readonly firstSeen: number;
  /** It was there when the bot began to look, and so is not new. */
  readonly settledIn?: true;
  /** Up or down when it was looked at last, whatever it was on its way to. */
  readonly seen?: 'up' | 'down';
  /** When it was turned against what a schedule had just done, newest last: two of them are another bot. */
  readonly flips: readonly number[];
  /** What tells another bot from a person where only edges act. */
  readonly tried?: Tried;
  /** The size before a schedule last stopped it or gave it another, in its kind's one text. */
  readonly size?: string;
  /** The size that a schedule gave it last and that it goes back from when it is to be up as it was. */
  readonly given?: string;
  /** What each hour saves that a schedule’s stop lasts, as it was worth before. */
  readonly perHour?: number;
  /** The act that followed the edge; absent where nothing had to be done. */
  readonly act?: Act;
}

/** A resource as a look found it. */
export interface Sight {
  /** Absent while it is between the two. What is scaled down by its policy is down. */
  readonly level?: 'up' | 'down';
  readonly size?: string;
  /** Those of its memory, and the one that this look found. */
  readonly flips: readonly number[];
  /** That of its memory, with what this look found. */
  readonly tried?: Tried;
}

/** What is to be done with one resource now, and why. */
export interface Decision {
  readonly ocid: string;
  readonly kind: Kind;
  readonly policy: string;
  readonly group: string;
  readonly act: Act | 'nothing';
  /** Of a scale, and of a start where switching on is scaling. */
  readonly size?: string;
  /** The edge it follows, or of what is left alone the one it would: see `keyOf`. */
  readonly edge: number;
  readonly want: Want;
  /** 1, and one more for each time that the same failed at this edge. */
  readonly attempt: number;
  /** Once this is done, everything up to this moment is dealt with; absent where the edge stays due. */
  readonly settles?: number;
  /** It will be looked at again: it is between two states, under way, or tried again later. */
  readonly waits?: true;
  /** A start that failed: whoever owns the resource is to know before people need it. */
  readonly late?: { readonly tries: number; readonly retryAt?: number };
  /** What was seen of the resource, for `remember`. */
  readonly saw: Sight;
  /** A sentence without a full stop that /why repeats. */
  readonly because: string;
  /** Why a person would call this leaving it alone, for reports: `kept`, `foreign`, `protected` … */
  readonly left?:
    | 'kept'
    | 'paused'
    | 'frozen'
    | 'foreign'
    | 'protected'
    | 'manual'
    | 'new'
    | 'refused'
    | 'unreadable';
  readonly next?: Edge;
}

/** What a person can do to a resource that runs. `scale` changes its size and leaves it running. */
export type Act = PowerAct | 'scale';

export type PowerAct = 'start' | 'stop' | 'restart';

/** The states of one kind that matter for its acts, in OCI's words. */
export interface Lifecycle {
  readonly up: readonly string[];
  readonly down: readonly string[];
  /** On its way up or down without anybody's doing more. */
  readonly rising: readonly string[];
  readonly falling: readonly string[];
  /** On its way to where it was. */
  readonly restarting: readonly string[];
  /** It is no more, or will not be: lists leave out `gone`. */
  readonly ending: readonly string[];
  readonly gone: readonly string[];
  /** Other states, with why nothing can be done in them. */
  readonly blocked: Readonly<Record<string, string>>;
}

/** How big one of a kind can be made. */
export interface Size {
  /** What is counted: "nodes", "OCPUs and GB of memory as 2:16". */
  readonly means: string;
  readonly example: string;
  /**
   * The size that is off, or which sizes are, where switching off is scaling and the lifecycle state says
   * nothing of it.
   */
  readonly off?: string | ((size: string) => boolean);
  /** The one text for a size, whatever it was written as; undefined when it is none. */
  read(text: string): string | undefined;
  /** Why one of the first size cannot be brought to the second: a sentence without its subject. */
  hindrance?(from: string, to: string): string | undefined;
}

/** Everything about one kind of resource that holds for all of them. One file each in this folder. */
export interface KindFacts {
  readonly plural: string;
  readonly title: string;
  readonly aliases: readonly string[];
  /** Source: the LifecycleState enums of the SDK's models, 2.139.1. */
  readonly lifecycle: Lifecycle;
  /** The acts that it takes, each with what a half-awake person must know before it: one sentence. */
  readonly acts: Readonly<Partial<Record<Act, string>>>;
  readonly size?: Size;
  /** The share of each unit of the meter that is billed while it is off; nothing of what is not named. */
  readonly billedOff?: Readonly<Record<string, number>>;
  /** It has no bill of its own, or none for what switching it off saves: that is on the bills of its members. */
  readonly billedByMembers?: true;
}

/** Whether one of this kind that has this size is switched off by it. */
export function isOff({ size: of }: KindFacts, size: string): boolean {
  return typeof of?.off === 'function' ? of.off(size) : size === of?.off;
}

export const busy = 'wait until that is over';

/** A size that is a whole number from `least` to `most`. */
export function wholeSize(means: string, example: string, least: number, most: number, off?: string): Size {
  return {
    means,
    example,
    ...(off === undefined ? {} : { off }),
    read: (text) => {
      const number = /^\d{1,6}$/.test(text.trim()) ? Number(text) : Number.NaN;
      return number >= least && number <= most ? String(number) : undefined;
    },
  };
}

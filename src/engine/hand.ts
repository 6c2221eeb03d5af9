/** One claimed operation's lines to the outside: when to stop, and whether it is still ours. */
export interface Hand {
  /** Nothing new is begun; what waits is parked. */
  readonly halt: AbortSignal;
  /** Calls that are out are given up. */
  readonly abort: AbortSignal;
  /** False when this process was silent for so long that another may have taken over. */
  held(): boolean;
}

/** Left as it stands, for this or another process to go on with. */
export class Parked extends Error {
  constructor() {
    super('parked');
  }
}

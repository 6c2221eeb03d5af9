/** One claimed operation's lines to the outside: when to stop, and whether it is still ours. */
export interface Hand {
  /** Nothing new is begun; what waits is parked. */
  readonly halt: AbortSignal;
  /** Calls that are out are given up. */
  readonly abort: AbortSignal;
  /** False when this process was silent for so long that another may have taken over. */
  held(): boolean;
}

/** What only looks is not waited for any longer when the hand is to halt: rejects with Parked then. */
export async function unlessHalted<T>({ halt }: Hand, look: () => Promise<T>): Promise<T> {
  if (halt.aborted) throw new Parked();
  let stop = () => {};
  const halted = new Promise<never>((_, reject) => {
    stop = () => reject(new Parked());
    halt.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([look(), halted]);
  } finally {
    halt.removeEventListener('abort', stop);
  }
}

/** Left as it stands, for this or another process to go on with. */
export class Parked extends Error {
  constructor() {
    super('parked');
  }
}

import type { SandboxClock } from '../clock.ts';
import type { OciSandbox } from '../oci/server.ts';
import type { SlackSandbox } from '../slack/server.ts';
import type { Supervisor } from '../supervisor.ts';

/** What the control API steers. */
export interface Parts {
  readonly clock: SandboxClock;
  readonly slack: SlackSandbox;
  readonly oci: OciSandbox;
  /** Absent with --without-bot. */
  readonly bot: Supervisor | undefined;
  /** Moves the clock; resolves when the bot lives by it (false: the bot runs but did not follow). */
  moveClock(ms: number): Promise<boolean>;
  /** Everything as after `--fresh`; resolves when the bot is ready again. */
  reset(): Promise<void>;
}

import { iso } from '../call.ts';
import { imageIn } from '../images.ts';
import { dice, pick } from '../random.ts';
import type { Container, Run } from '../resources/resources.ts';

/** Milliseconds between two lines. */
const EVERY = 4_000;
/** retrieveLogs answers the latest 256 KB. */
const LARGEST = 256 * 1024;
/** No more lines than these are made, however long the container has been running. */
const MOST = 2_000;

/**
 * What the container wrote in its last run, or in the one before: start-up lines, then requests. The
 * same container says the same at the same time, and more as time passes.
 */
export function logsOf(container: Container, previous: boolean, now: number): string {
  const run = container.runs.at(previous ? -2 : -1);
  if (!run) return '';
  const until = Math.min(run.to ?? now, now);
  const start = startUp(container, run.from).filter(({ at }) => at <= until);
  const first = Math.max(0, Math.floor((until - run.from) / EVERY) - MOST);
  const lines: Line[] = first === 0 ? [...start] : [];
  const line = imageIn(container).exits ? work : traffic;
  for (let at = run.from + (first + 1) * EVERY; at <= until; at += EVERY) lines.push(line(container, at));
  if (run.to !== undefined) lines.push({ at: run.to, text: lastWords(container, run) });
  return tail(lines.map(({ at, text }) => `${iso(at)} ${text}\n`).join(''));
}

interface Line {
  readonly at: number;
  readonly text: string;
}

function startUp(container: Container, from: number): Line[] {
  const port = container.healthChecks[0]?.port ?? 8080;
  if (imageIn(container).exits)
    return [
      { at: from, text: `level=info msg="starting ${container.displayName}" image="${container.imageUrl}"` },
      { at: from + 180, text: `level=info msg="running" command="${commandOf(container)}"` },
    ];
  return [
    { at: from, text: `level=info msg="starting ${container.displayName}" image="${container.imageUrl}"` },
    { at: from + 180, text: 'level=info msg="configuration loaded" source=environment' },
    { at: from + 900, text: `level=info msg="listening" address=0.0.0.0:${port}` },
  ];
}

function commandOf({ command, arguments: more }: Container): string {
  return [...command, ...more].join(' ') || "the image's own";
}

/** What one that runs to its end says on the way. */
function work(container: Container, at: number): Line {
  const done = Math.floor((at - (container.runs.at(-1)?.from ?? at)) / EVERY);
  return { at, text: `level=info msg="applied" step=${done}` };
}

function lastWords(container: Container, { exitCode }: Run): string {
  const { exits, crashesAfter } = imageIn(container);
  if (exitCode === undefined) return 'level=info msg="received SIGTERM, shutting down" signal=15';
  if (exits?.code === exitCode)
    return exitCode === 0
      ? 'level=info msg="done" exit_code=0'
      : `level=error msg="could not be done, giving up" exit_code=${exitCode}`;
  return crashesAfter === undefined || exitCode === 137
    ? `level=error msg="killed after failed health checks" exit_code=${exitCode}`
    : `level=error msg="panic: invalid memory address" exit_code=${exitCode}`;
}

/** Some lines have colours, as consoles like them and Slack does not. */
function traffic(container: Container, at: number): Line {
  const roll = dice(`${container.ocid} ${at}`);
  const path = pick(['/healthz', '/api/items', '/api/cart', '/api/orders', '/metrics'], roll());
  const ms = Math.floor(3 + roll() ** 4 * 900);
  const chance = roll();
  if (chance > 0.985)
    return {
      at,
      text: '\u001b[31mlevel=error\u001b[0m msg="upstream timed out" upstream=shop-search-1 timeout=2s',
    };
  if (chance > 0.96)
    return { at, text: `\u001b[33mlevel=warn\u001b[0m msg="slow query" rows=${ms} ms=${ms * 3}` };
  const status = chance > 0.94 ? 404 : 200;
  return { at, text: `level=info msg="request" method=GET path=${path} status=${status} ms=${ms}` };
}

/** The end of the text, from the beginning of a line. */
function tail(text: string): string {
  if (text.length <= LARGEST) return text;
  return text.slice(text.indexOf('\n', text.length - LARGEST) + 1);
}

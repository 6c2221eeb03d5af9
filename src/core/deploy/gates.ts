import { stopped } from '../text.ts';
import type { Gate } from './app.ts';
import { holds, showThreshold } from './threshold.ts';

/** What one look at a gate finds. */
export type Finding =
  /** Undefined: there is no data, which is neither zero nor a pass. */
  | { readonly type: 'value'; readonly value: number | undefined }
  /** 0: no answer came. */
  | {
      readonly type: 'status';
      readonly answers: readonly {
        readonly url: string;
        /** The instance that it is of, where there is one for each: `shop-v2-1`. */
        readonly of?: string;
        readonly status: number;
      }[];
    }
  /** `shop-v2-1 (10.0.6.24:8080)`. */
  | { readonly type: 'unwell'; readonly names: readonly string[] }
  /** It could not be looked at. */
  | { readonly type: 'none'; readonly because: string };

/** What is remembered of a gate from look to look. */
export interface GateMemo {
  /** When it was looked at last, in ms since the step began. */
  readonly at?: number;
  readonly looks?: number;
  readonly failures?: number;
  readonly verdict?: Verdict;
  /** The last look failed, and the gate lets that pass: the next one will tell. */
  readonly isForgiven?: true;
  /** What was found, in a few words. */
  readonly said?: string;
}

/** `unclear`: between passing and failing, or no data. That is asked, and never taken for a pass. */
export type Verdict = 'passed' | 'failed' | 'unclear';

/**
 * One look more. As many failures as the gate forgives make it unclear; the next one fails it, whatever comes after:
 * failures count for more than successes.
 */
export function judge(gate: Gate, before: GateMemo, found: Finding, elapsed: number): GateMemo {
  if (before.verdict === 'failed') return before;
  const { verdict, said } = verdictOf(gate, found);
  const failures = (before.failures ?? 0) + (verdict === 'failed' ? 1 : 0);
  const isOut = verdict === 'failed' && failures > gate.failures;
  const looks = (before.looks ?? 0) + 1;
  return {
    at: elapsed,
    looks,
    failures,
    said,
    verdict: verdict === 'failed' && !isOut ? 'unclear' : verdict,
    ...(verdict === 'failed' && !isOut ? { isForgiven: true } : {}),
  };
}

/** So many looks a gate has to have had before a hold of that long may end: a bot that was away has seen nothing. */
export function leastLooks({ type, delay, every }: Gate, ms: number): number {
  if (type === 'person') return 0;
  return Math.min(3, Math.max(1, Math.floor(Math.max(0, ms - delay) / every)));
}

function verdictOf(gate: Gate, found: Finding): { readonly verdict: Verdict; readonly said: string } {
  switch (found.type) {
    case 'none':
      return { verdict: 'unclear', said: `could not be looked at: ${stopped(found.because)}` };
    case 'status': {
      const wanted = gate.type === 'http' ? gate.code : 200;
      const odd = found.answers.find(({ status }) => status !== wanted);
      if (!odd) return { verdict: 'passed', said: `answered ${wanted}` };
      const said = odd.status === 0 ? 'did not answer' : `answered ${odd.status}`;
      const whose = odd.of === undefined ? '' : ` of ${odd.of}`;
      return { verdict: 'failed', said: `${shownUrl(odd.url)}${whose} ${said}` };
    }
    case 'unwell': {
      const { names } = found;
      return names.length === 0
        ? { verdict: 'passed', said: 'all well' }
        : { verdict: 'failed', said: `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} not well` };
    }
    case 'value':
      return gate.type === 'metric'
        ? valueVerdict(gate, found.value)
        : { verdict: 'unclear', said: 'no data' };
  }
}

/** Without what a URL may keep secret: its user and its query. */
function shownUrl(url: string): string {
  return url.replace(/[?#].*$/s, '').replace(/^(\w+:\/\/)[^/]*@/, '$1');
}

function valueVerdict(
  { pass, fail }: Extract<Gate, { type: 'metric' }>,
  value: number | undefined,
): { readonly verdict: Verdict; readonly said: string } {
  if (value === undefined || Number.isNaN(value)) return { verdict: 'unclear', said: 'no data' };
  const shown = `${Number(value.toPrecision(6))}`;
  if (holds(fail, value))
    return { verdict: 'failed', said: `${shown}, which fails at ${showThreshold(fail)}` };
  if (holds(pass, value)) return { verdict: 'passed', said: shown };
  return {
    verdict: 'unclear',
    said: `${shown}, which neither passes at ${showThreshold(pass)} nor fails at ${showThreshold(fail)}`,
  };
}

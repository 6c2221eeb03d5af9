import { factsOf } from '../../kinds/all.ts';
import { type Kind, kinds, type Target } from '../../target.ts';
import type { Wrong } from '../language/problem.ts';
import type { Want } from '../model.ts';

/** What a number of OCI-AutoScale means for a resource: how many of something, or just that it is on. */
export interface Scale {
  readonly kind: Kind;
  readonly counted: boolean;
}

/** Services that OCI-AutoScale scales by a number. All others are switched on by any number above 0. */
const counted: readonly Kind[] = [
  'instance-pool',
  'autonomous-database',
  'analytics',
  'load-balancer',
  'vm-cluster',
];

/** DB systems are scaled where they are bare metal or Exadata, and switched where they are virtual machines. */
export function scaleOf({ kind, refuses }: Pick<Target, 'kind' | 'refuses'>): Scale {
  const bare = kind === 'db-system' && refuses?.stop !== undefined;
  return { kind, counted: bare || counted.includes(kind) };
}

/** One value: `*`, `0`, a number, `(ocpus:memory)`. `at` says where it stands: `Schedule.AnyDay for 07:00`. */
export function readSlot(written: string, scale: Scale, at: string): Want | Wrong {
  const text = written.trim();
  if (text === '*') return 'any';
  const [, ocpus, memory] = /^\(\s*([\d.]+)\s*:\s*([\d.]+)\s*\)$/.exec(text) ?? [];
  if (ocpus !== undefined) return shape(text, `${Number(ocpus)}:${Number(memory)}`, scale, at);
  if (/^\d+$/.test(text)) return Number(text) === 0 ? off(text, scale, at) : on(text, scale, at);
  return {
    text: text === '' ? at : text,
    sentence: text === '' ? `${at} says nothing.` : `${at} says "${text}", which is no value.`,
    hint: 'Write 0 for off, a number for on or for a size, (ocpus:memory), or * to leave it as it is.',
  };
}

export function isWrong(read: Want | Wrong): read is Wrong {
  return typeof read === 'object' && 'sentence' in read;
}

function off(text: string, { kind }: Scale, at: string): Want | Wrong {
  const { acts, title } = factsOf(kind);
  if (acts.stop !== undefined) return 'down';
  return {
    text,
    sentence: `${at} says 0, and no ${title} can be switched off.`,
    hint: 'Write * to leave it as it is then.',
  };
}

function on(text: string, scale: Scale, at: string): Want | Wrong {
  const { size, title } = factsOf(scale.kind);
  if (!scale.counted || !size) return 'up';
  const read = size.read(String(Number(text)));
  if (read !== undefined) return { size: read };
  return {
    text,
    sentence: `${at} says ${text}, which no ${title} can have.`,
    hint: `Write ${size.means}, such as ${size.example}.`,
  };
}

function shape(text: string, written: string, { kind }: Scale, at: string): Want | Wrong {
  const size = kind === 'instance' ? kinds.instance.size.read(written) : undefined;
  if (size !== undefined) return { size };
  return {
    text,
    sentence:
      kind === 'instance'
        ? `${at} says ${text}, which no compute instance can have.`
        : `${at} says ${text}, and only compute instances have such sizes.`,
    hint: 'Write whole numbers of OCPUs and GB of memory, such as (2:16), and elsewhere one number.',
  };
}

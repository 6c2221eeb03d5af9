import type { Argument } from '../arguments.ts';
import { Refusal } from '../core/refusal.ts';

/** What stands behind the app in a line that deploys it. */
export interface DeployWords {
  readonly image?: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly strategy?: string;
}

const strategies = ['rolling', 'blue-green', 'canary'];
const hint = 'For example: deploy shop image=1.4.2 env LOG_LEVEL=debug canary 5 % 10m, 100 %';

/** `image=… env KEY=VALUE … canary 5 % 10m, 100 %`, each of them or none; the strategy comes last. */
export function deployWords(): Argument<DeployWords> {
  return {
    usage: '[image=<image>] [env KEY=VALUE…] [strategy]',
    about:
      'the tag or the whole name of an image; what is set in its environment; rolling 2, blue-green or canary 5 % 10m, 100 %',
    required: false,
    take: (words) => ({ value: readWords(words), used: words.length }),
  };
}

function readWords(words: readonly string[]): DeployWords {
  let image: string | undefined;
  const environment: Record<string, string> = {};
  let isEnvironment = false;
  for (const [at, word] of words.entries()) {
    const lower = word.toLowerCase();
    if (strategies.includes(lower) || /^blue-?green$/.test(lower))
      return { ...present(image), environment, strategy: words.slice(at).join(' ') };
    const [, key = '', value = ''] = /^([^=]+)=(.*)$/s.exec(word) ?? [];
    if (lower === 'env' || lower === 'set') isEnvironment = true;
    else if (key.toLowerCase() === 'image' && !isEnvironment) image = once(image, value);
    else if (key.toLowerCase() === 'strategy' && !isEnvironment)
      return { ...present(image), environment, strategy: [value, ...words.slice(at + 1)].join(' ') };
    else if (isEnvironment && /^[A-Za-z_]\w*$/.test(key)) set(environment, key, value);
    else if (isEnvironment) throw new Refusal(`"${word}" sets nothing in the environment.`, hint);
    else if (!word.includes('=') && image === undefined) image = word;
    else throw new Refusal(`I have no use for "${word}".`, hint);
  }
  if (isEnvironment && Object.keys(environment).length === 0)
    throw new Refusal('There is nothing behind env.', hint);
  return { ...present(image), environment };
}

function once(image: string | undefined, value: string): string {
  if (image !== undefined) throw new Refusal('image= is given twice.', 'Say it once.');
  if (value === '') throw new Refusal('There is no image behind image=.', hint);
  return value;
}

function set(environment: Record<string, string>, key: string, value: string): void {
  if (Object.hasOwn(environment, key)) throw new Refusal(`${key} is set twice.`, 'Say it once.');
  environment[key] = value;
}

function present(image: string | undefined): { readonly image?: string } {
  return image === undefined ? {} : { image };
}

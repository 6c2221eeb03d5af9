import type { Span, Text } from './report.ts';

/** `@U0BENOKAFOR` or `@S0ONCALL000`, as `plainText` writes people and groups. */
const mentioned = /(?<![\w@])@([UWS][A-Z0-9]{6,})\b/;

/** A sentence in which people and groups are what they are again, so that readers see names. */
export function mentionsIn(sentence: string): Text {
  // between every two texts stands an id
  const parts = sentence.split(mentioned);
  if (parts.length === 1) return sentence;
  return parts.flatMap((part, at): readonly Span[] => {
    if (at % 2 === 0) return part === '' ? [] : [part];
    return [part.startsWith('S') ? { group: part } : { user: part }];
  });
}

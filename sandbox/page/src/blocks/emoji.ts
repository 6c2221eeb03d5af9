/** Those that buttons and reactions use; text blocks know them all, by their library. */
const characters: Readonly<Record<string, string>> = {
  '+1': '👍',
  '-1': '👎',
  bell: '🔔',
  bulb: '💡',
  eyes: '👀',
  fire: '🔥',
  hourglass: '⌛',
  hourglass_flowing_sand: '⏳',
  lock: '🔒',
  no_entry: '⛔',
  no_entry_sign: '🚫',
  red_circle: '🔴',
  rocket: '🚀',
  rotating_light: '🚨',
  tada: '🎉',
  thumbsdown: '👎',
  thumbsup: '👍',
  unlock: '🔓',
  warning: '⚠️',
  wastebasket: '🗑️',
  white_check_mark: '✅',
  x: '❌',
};

/** `:tada:` as its character; what is not known stays as it is written. */
export function withEmoji(text: string): string {
  return text.replace(/:([\w+-]+):/g, (written, name: string) => characters[name] ?? written);
}

const day = new Intl.DateTimeFormat('en', { month: 'long', day: 'numeric', year: 'numeric' });
const shortDay = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', year: 'numeric' });
const longDay = new Intl.DateTimeFormat('en', {
  weekday: 'long',
  month: 'long',
  day: 'numeric',
  year: 'numeric',
});
const time = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const seconds = new Intl.DateTimeFormat('en', { timeStyle: 'medium', hourCycle: 'h23' });

/**
 * `<!date^…>`: a moment by Slack's format tokens, in the reader's time zone.
 * https://docs.slack.dev/messaging/formatting-message-text#date-formatting
 */
export function slackDate(ms: number, format: string): string {
  const texts: Readonly<Record<string, string>> = {
    date_num: new Date(ms).toLocaleDateString('sv'),
    date: day.format(ms),
    date_short: shortDay.format(ms),
    date_long: longDay.format(ms),
    date_pretty: day.format(ms),
    date_short_pretty: shortDay.format(ms),
    date_long_pretty: longDay.format(ms),
    time: time.format(ms),
    time_secs: seconds.format(ms),
  };
  return format.replace(/\{(\w+)\}/g, (token, name: string) => texts[name] ?? token);
}

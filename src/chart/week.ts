import type { Week } from './seven-days.ts';

/**
 * A PNG of 2000 × 800 pixels, to be shown at half that size: the same bytes for the same week. An opaque
 * light card, so that it reads alike in Slack's light and dark themes. The libraries are loaded here,
 * when the first picture is drawn.
 */
export async function weekChart(week: Week): Promise<Buffer> {
  const [{ weekSvg }, { pngOf }] = await Promise.all([import('./svg.ts'), import('./png.ts')]);
  return pngOf(weekSvg(week));
}

/** The picture in words, for readers that do not see it. */
export function weekAlt({ points, policies }: Week): string {
  const of = policies.length > 0 ? ` of ${policies.join(', ')}` : '';
  if (points.length === 0) return `Running resources${of} over the last seven days: nothing was seen yet.`;
  const ups = points.map(({ up }) => up);
  const all = Math.max(...points.map((each) => each.all));
  return (
    `Running resources${of} over the last seven days: at most ${Math.max(...ups)}, ` +
    `at least ${Math.min(...ups)}, now ${points.at(-1)?.up ?? 0} of ${all}.`
  );
}

import type { Stream } from '../metrics.ts';
import { Minute } from './minute.ts';
import { combine, type Series } from './series.ts';
import { statisticOf } from './statistics.ts';
import { type Grouped, group, isMeant } from './streams.ts';
import type { Expression, Metric, Stage } from './syntax.ts';

/** The moments that are asked for: windows of the query's intervals end at each of them. */
export interface Moments {
  /** The first. */
  readonly from: number;
  /** They are before this. */
  readonly to: number;
  readonly step: number;
}

const minute = 60_000;
/** For how long a stream that has gone silent is missed, unless the query says. */
const missed = 2 * 60 * minute;

/**
 * What the query says of the streams; `streams` answers those of a metric. A moment without data has no point.
 * Source: docs.oracle.com, Monitoring/Tasks/query-metric-interval.htm: a point stands at the end of its window.
 */
export function evaluate(
  expression: Expression,
  streams: (metric: string) => readonly Stream[],
  moments: Moments,
): readonly Series[] {
  const of = (part: Expression): readonly Series[] | number => {
    switch (part.kind) {
      case 'number':
        return part.value;
      case 'metric':
        return measured(part, streams(part.name), moments);
      case 'nested':
        return part.stages.reduce(regrouped, seriesOf(of(part.of)));
      case 'within':
        return seriesOf(of(part.of)).map((series) =>
          mapped(series, (value) => Number((value >= part.least && value <= part.most) !== part.not)),
        );
      case 'binary':
        return combine(part.operator, of(part.left), of(part.right));
    }
  };
  return seriesOf(of(expression));
}

const seriesOf = (result: readonly Series[] | number): readonly Series[] =>
  typeof result === 'number' ? [] : result;

const mapped = (series: Series, change: (value: number) => number): Series => ({
  ...series,
  points: new Map([...series.points].map(([at, value]) => [at, change(value)])),
});

function measured(metric: Metric, streams: readonly Stream[], moments: Moments): readonly Series[] {
  const [first, ...more] = metric.stages;
  if (!first) return [];
  const meant = streams.filter((stream) => isMeant(stream, metric.filters, streams));
  const series = group(meant, first.by).map((grouped) => ({
    dimensions: grouped.dimensions,
    streams: grouped.streams,
    points: pointsOf(grouped, metric.interval, first, moments),
  }));
  return more.reduce(
    regrouped,
    series.filter(({ points }) => points.size > 0),
  );
}

/** A statistic over what several series say at each moment. */
function regrouped(series: readonly Series[], stage: Stage): readonly Series[] {
  return group(series, stage.by).map((grouped) => {
    const { members } = grouped;
    const at = [...new Set(members.flatMap(({ points }) => [...points.keys()]))].sort((a, b) => a - b);
    const points = new Map<number, number>();
    for (const moment of at) {
      const summary = new Minute();
      for (const each of members) {
        const value = each.points.get(moment);
        if (value !== undefined) summary.add(value, 1, moment);
      }
      const value = statisticOf(summary, stage, () => undefined, minute);
      if (value !== undefined) points.set(moment, value);
    }
    return { dimensions: grouped.dimensions, streams: grouped.streams, points };
  });
}

function pointsOf(
  { streams }: Grouped,
  interval: number,
  stage: Stage,
  { from, to, step }: Moments,
): Map<number, number> {
  const points = new Map<number, number>();
  for (let end = from; end < to; end += step) {
    const value =
      stage.statistic === 'absent'
        ? absence(streams, end, interval, stage.argument ?? missed)
        : statisticOf(
            windowOf(streams, end, interval),
            stage,
            () => windowOf(streams, end - interval, interval),
            interval,
          );
    if (value !== undefined) points.set(end, value);
  }
  return points;
}

/** Everything after `end - interval` and up to `end`. */
function windowOf(streams: readonly Stream[], end: number, interval: number): Minute {
  const summary = new Minute();
  for (const { minutes } of streams)
    for (let at = end - interval + minute; at <= end; at += minute) {
      const part = minutes.get(at);
      if (part) summary.merge(part);
    }
  return summary;
}

/** 1 where there is nothing, 0 where there is something, and no point where there has not been anything lately. */
function absence(streams: readonly Stream[], end: number, interval: number, period: number) {
  if (windowOf(streams, end, interval).count > 0) return 0;
  return windowOf(streams, end, Math.max(period, interval)).count > 0 ? 1 : undefined;
}

import { LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkAreaComponent, TitleComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { daysOf } from './days.ts';
import { sevenDays, type Week } from './seven-days.ts';

use([LineChart, GridComponent, LegendComponent, MarkAreaComponent, TitleComponent, SVGRenderer]);

const size = { width: 1000, height: 400 };

/** Each at least 4.5 : 1 on the card, and told apart by lightness and by line, not by hue alone. */
const colours = {
  card: '#FFFFFF',
  night: '#E9ECF1',
  line: '#C4CAD4',
  text: '#1F2733',
  quiet: '#4A5565',
  up: '#0B63B0',
  all: '#5B4A12',
};

const font = 'DejaVu Sans';
const names = { up: 'Running', all: 'All that the policies mean' };

/** The picture as SVG, 1000 × 400. */
export function weekSvg(week: Week): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
  try {
    chart.setOption(options(week));
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}

function options({ points, zone, title, policies, until = points.at(-1)?.at ?? sevenDays }: Week) {
  const from = until - sevenDays;
  const { midnights, noons, nights } = daysOf(from, until, zone);
  const nameAt = new Map(noons.map(({ at, name }) => [at, name]));
  const series = (key: 'up' | 'all') =>
    withinWeek(points, from, until).map((point) => [point.at, point[key]]);
  return {
    animation: false,
    backgroundColor: colours.card,
    textStyle: { fontFamily: font, color: colours.text },
    title: {
      text: cut(title, 80),
      subtext: points.length > 0 ? cut(policies.join(', '), 110) : 'Nothing was seen yet',
      left: 24,
      top: 14,
      textStyle: { fontFamily: font, fontSize: 18, fontWeight: 'bold' as const, color: colours.text },
      subtextStyle: { fontFamily: font, fontSize: 13, color: colours.quiet },
    },
    legend: {
      right: 30,
      bottom: 8,
      itemWidth: 34,
      itemGap: 24,
      selectedMode: false,
      textStyle: { fontFamily: font, fontSize: 13, color: colours.text },
    },
    grid: { left: 60, right: 30, top: 84, bottom: 72 },
    xAxis: {
      type: 'value' as const,
      min: from,
      max: until,
      splitLine: { show: false },
      axisLine: { lineStyle: { color: colours.quiet } },
      axisTick: { show: true, length: 8, customValues: [...midnights], lineStyle: { color: colours.quiet } },
      axisLabel: {
        customValues: noons.map(({ at }) => at),
        formatter: (at: number) => nameAt.get(at) ?? '',
        color: colours.text,
        fontSize: 14,
      },
    },
    yAxis: {
      type: 'value' as const,
      min: 0,
      minInterval: 1,
      axisLabel: { color: colours.text, fontSize: 14 },
      splitLine: { lineStyle: { color: colours.line } },
    },
    series: [
      {
        name: names.up,
        type: 'line' as const,
        step: 'end' as const,
        symbol: 'none',
        data: series('up'),
        lineStyle: { width: 3, color: colours.up },
        itemStyle: { color: colours.up },
        areaStyle: { color: colours.up, opacity: 0.22 },
        markArea: {
          silent: true,
          itemStyle: { color: colours.night },
          data: nights.map((night): [{ xAxis: number }, { xAxis: number }] => [
            { xAxis: night.from },
            { xAxis: night.to },
          ]),
        },
      },
      {
        name: names.all,
        type: 'line' as const,
        step: 'end' as const,
        symbol: 'none',
        data: series('all'),
        lineStyle: { width: 2, type: 'dashed' as const, color: colours.all },
        itemStyle: { color: colours.all },
      },
    ],
  };
}

/** The samples of the week; the last one before it holds from its beginning, the last one of it to its end. */
function withinWeek(points: Week['points'], from: number, until: number): Week['points'] {
  const before = points.findLast(({ at }) => at <= from);
  const within = points.filter(({ at }) => at > from && at <= until);
  const all = [...(before ? [{ ...before, at: from }] : []), ...within];
  const last = all.at(-1);
  return last && last.at < until ? [...all, { ...last, at: until }] : all;
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

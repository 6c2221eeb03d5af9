import { useEffect, useState } from 'react';
import { useSession } from './session.tsx';

const clockTime = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const fullTime = new Intl.DateTimeFormat(undefined, {
  dateStyle: 'full',
  timeStyle: 'medium',
  hourCycle: 'h23',
});
const dayName = new Intl.DateTimeFormat(undefined, { weekday: 'long', month: 'long', day: 'numeric' });

/** Milliseconds since 1970 of a Slack timestamp. */
export const timeOf = (ts: string): number => Number(ts) * 1000;

/** `19:00`, in the browser's time zone, as Slack shows times. */
export const shortTime = (ms: number): string => clockTime.format(ms);
export const longTime = (ms: number): string => fullTime.format(ms);

export function dayOf(ms: number, now: number): string {
  if (isSameDay(ms, now)) return 'Today';
  return isSameDay(ms, now - 86_400_000) ? 'Yesterday' : dayName.format(ms);
}

export function isSameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

/** The sandbox's time, every second. */
export function useNow(): number {
  const { clock } = useSession().state;
  const [now, setNow] = useState(() => Date.now() + clock.offset);
  useEffect(() => {
    setNow(Date.now() + clock.offset);
    const timer = setInterval(() => setNow(Date.now() + clock.offset), 1_000);
    return () => clearInterval(timer);
  }, [clock.offset]);
  return now;
}

/** `1 h 15 min` */
export function span(ms: number): string {
  const minutes = Math.round(Math.abs(ms) / 60_000);
  const parts = [
    [Math.floor(minutes / 1440), 'd'],
    [Math.floor(minutes / 60) % 24, 'h'],
    [minutes % 60, 'min'],
  ] as const;
  return (
    parts
      .filter(([count]) => count > 0)
      .map(([count, unit]) => `${count} ${unit}`)
      .join(' ') || '0 min'
  );
}

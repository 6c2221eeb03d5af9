/** Strokes on a grid of 24. */
const strokes = {
  away: 'M4 4l16 16M8.5 8.5A6 6 0 0 0 6 19h11M12 6a6 6 0 0 1 5.6 4.3A4.4 4.4 0 0 1 20.4 17',
  bot: 'M12 3v4M5 8h14v11H5zM9 12.5v2M15 12.5v2M2 12v3M22 12v3',
  chevron: 'M6 9l6 6 6-6',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2',
  close: 'M6 6l12 12M18 6L6 18',
  cloud: 'M7 18.5a4.5 4.5 0 0 1-.4-9A6 6 0 0 1 18 10.6a4 4 0 0 1-.6 7.9z',
  container: 'M3 7.5L12 3l9 4.5v9L12 21l-9-4.5zM3 7.5l9 4.5 9-4.5M12 12v9',
  database:
    'M4 6c0-1.7 3.6-3 8-3s8 1.3 8 3-3.6 3-8 3-8-1.3-8-3zM4 6v12c0 1.7 3.6 3 8 3s8-1.3 8-3V6M4 12c0 1.7 3.6 3 8 3s8-1.3 8-3',
  eye: 'M2 12s3.5-6.5 10-6.5S22 12 22 12s-3.5 6.5-10 6.5S2 12 2 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  fault: 'M13 2.5L4.5 14H11l-1 7.5L18.5 10H12z',
  file: 'M6 3h8l5 5v13H6zM14 3v5h5',
  hash: 'M9 4L7 20M17 4l-2 16M4 9h17M3 15h17',
  home: 'M4 11l8-7 8 7M6 9.500V20h12V9.5',
  lock: 'M6 11h12v9H6zM8.5 11V7.500a3.5 3.5 0 0 1 7 0V11',
  message: 'M4 5h16v11H10l-5 4v-4H4z',
  moon: 'M20 14.500A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.500z',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  reply: 'M9 7L4 12l5 5M4 12h10a6 6 0 0 1 6 6v1',
  reset: 'M4 5v5h5M4.6 10A8 8 0 1 1 4 13',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16.5 16.500L21 21',
  send: 'M4 4l17 8-17 8 3-8zM7 12h14',
  server: 'M4 4h16v7H4zM4 13h16v7H4zM8 7.500h.01M8 16.500h.01',
  sun: 'M12 16.500a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.400M17.6 17.600L19 19M5 19l1.4-1.400M17.6 6.400L19 5',
  tick: 'M5 12.500l5 5L19.5 7',
} as const;

export type IconName = keyof typeof strokes;

/** Decoration: what it stands for is said in words next to it or in a label. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'more' ? 3.2 : 1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={strokes[name]} />
    </svg>
  );
}

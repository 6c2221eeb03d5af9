import { useEffect, useSyncExternalStore } from 'react';
import { useStored } from '../live/stored.ts';

export type Theme = 'light' | 'dark';

const dark = matchMedia('(prefers-color-scheme: dark)');

/** The theme that was chosen here, or the system's; it is written on the document for the style sheet. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const system = useSyncExternalStore(
    (listener) => {
      dark.addEventListener('change', listener);
      return () => dark.removeEventListener('change', listener);
    },
    (): Theme => (dark.matches ? 'dark' : 'light'),
  );
  const [chosen, choose] = useStored('lamplighter.theme', '');
  const theme = chosen === 'light' || chosen === 'dark' ? chosen : system;
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  return [theme, choose];
}

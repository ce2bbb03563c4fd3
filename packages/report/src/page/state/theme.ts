import { followPrint } from './follow-print';
import { Observable } from './observable';

export type Theme = 'light' | 'dark';

/** What the reader's system prefers, until they choose; kept on the root element for the styles. */
export function createTheme(): Observable<Theme> {
  const preference = matchMedia('(prefers-color-scheme: dark)');
  const theme = new Observable<Theme>(preference.matches ? 'dark' : 'light');
  preference.addEventListener('change', () => theme.set(preference.matches ? 'dark' : 'light'));
  theme.follow((value) => {
    document.documentElement.dataset['theme'] = value;
  });
  followPrint(theme);
  return theme;
}

import type { Observable } from './observable';
import type { Theme } from './theme';

/** For print the page is as wide as paper and light; afterwards it is as it was. */
export function followPrint(theme: Observable<Theme>): void {
  const root = document.documentElement;
  addEventListener('beforeprint', () => {
    root.classList.add('printing');
    const before = theme.value;
    theme.set('light');
    addEventListener(
      'afterprint',
      () => {
        root.classList.remove('printing');
        theme.set(before);
      },
      { once: true },
    );
  });
}

import { element } from '../dom/element';
import type { Panel } from '../dom/panel';
import type { Observable } from '../state/observable';
import type { Theme } from '../state/theme';

/** The bar at the top: what the page is about, the search, the switch between light and dark. */
export function header(title: string, theme: Observable<Theme>, search?: HTMLElement): HTMLElement {
  const toggle = element('button', { type: 'button', class: 'theme-toggle' });
  toggle.addEventListener('click', () => theme.set(theme.value === 'dark' ? 'light' : 'dark'));
  theme.follow((value) => toggle.replaceChildren(value === 'dark' ? 'Light theme' : 'Dark theme'));
  return element(
    'header',
    { class: 'page-head' },
    element('a', { class: 'brand', href: '#page' }, element('span', { class: 'brand-mark', 'aria-hidden': true }), element('span', { class: 'brand-title' }, title)),
    ...(search === undefined ? [] : [search]),
    toggle,
  );
}

/** Links to the sections; the one in view is marked. */
export function navigation(panels: readonly Panel[]): HTMLElement {
  const links = panels.map(({ id, title }) => element('a', { href: `#${id}` }, title));
  const nav = element('nav', { class: 'page-nav', 'aria-label': 'Sections' }, ...links);
  const mark = (id: string): void => links.forEach((link, at) => (panels[at]!.id === id ? link.setAttribute('aria-current', 'true') : link.removeAttribute('aria-current')));
  const observer = new IntersectionObserver(
    (entries) => {
      const visible = entries.find(({ isIntersecting }) => isIntersecting);
      if (visible !== undefined) mark(visible.target.id);
    },
    { rootMargin: '-20% 0px -75% 0px' },
  );
  for (const { section } of panels) observer.observe(section);
  return nav;
}

/**
 * Puts a page together.
 *
 * @param first what stands before all panels
 */
export function pageBody(head: HTMLElement, panels: readonly Panel[], foot: string, first: readonly HTMLElement[] = []): readonly HTMLElement[] {
  const main = element('main', { id: 'content', tabindex: -1 }, ...first, ...panels.map(({ section }) => section));
  return [
    element('a', { class: 'skip', href: '#content' }, 'Skip to content'),
    head,
    element('div', { class: 'page-body' }, navigation(panels), main),
    element('footer', { class: 'page-foot' }, foot),
  ];
}

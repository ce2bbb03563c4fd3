import type { RunReportData } from '../contract/run-data';

/** What views of one run share. */
export interface PageState {
  readonly data: RunReportData;
  readonly theme: Observable<Theme>;
  /** Position of the selected topic. */
  readonly topic: Observable<number>;
  /** Which words of a topic come first, as `wordScore` has it; null for the order of the run. */
  readonly emphasis: Observable<number | null>;
}

/** Begins with the topic that weighs most, its words in the order of the run. */
export function createPageState(data: RunReportData): PageState {
  const weights = data.topics.map((topic) => topic.weights.reduce((a, b) => a + b, 0));
  return {
    data,
    theme: createTheme(),
    topic: new Observable(weights.indexOf(Math.max(...weights))),
    emphasis: new Observable<number | null>(null),
  };
}

/** A value that views follow. */
export class Observable<Value> {
  #value: Value;
  readonly #followers: ((value: Value) => void)[] = [];

  constructor(value: Value) {
    this.#value = value;
  }

  get value(): Value {
    return this.#value;
  }

  /** Tells the followers, unless the value is what it was. */
  set(value: Value): void {
    if (value === this.#value) return;
    this.#value = value;
    for (const follower of this.#followers) follower(value);
  }

  /** Calls the follower with the value now and whenever it changes. */
  follow(follower: (value: Value) => void): void {
    this.#followers.push(follower);
    follower(this.#value);
  }
}

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

/** For print the page is as wide as paper and light; afterwards it is as it was. */
function followPrint(theme: Observable<Theme>): void {
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

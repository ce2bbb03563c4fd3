export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

export type Child = Node | string;

/**
 * An element with attributes and children. Text becomes text nodes, so that words and documents are never taken for
 * markup; `true` sets an attribute without a value, `false` and `undefined` leave it out.
 */
export function element<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, attributes: Attributes = {}, ...children: readonly Child[]): HTMLElementTagNameMap[Tag] {
  const created = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) created.setAttribute(name, value === true ? '' : String(value));
  }
  created.append(...children);
  return created;
}

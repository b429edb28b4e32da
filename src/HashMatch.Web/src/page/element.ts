type Listener = (event: Event) => void;
type Attributes = Record<string, string | boolean | Listener | undefined>;

/** What may stand in an element: other nodes, text, or nothing. */
export type Child = Node | string | undefined;

/**
 * Makes an element. A function listens for the event that its name tells; `true` sets an attribute without a value;
 * `false` and `undefined` set none. Text is only ever text: there is no way from here to markup.
 */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes,
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      made.addEventListener(name, value);
    } else if (value !== undefined && value !== false) {
      made.setAttribute(name, value === true ? '' : value);
    }
  }

  made.append(...present(children));
  return made;
}

/** Leaves out the children that are not there. */
export function present(children: readonly Child[]): (Node | string)[] {
  return children.filter((child) => child !== undefined);
}

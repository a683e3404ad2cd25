// The one escaping layer for HTML: a template literal in which everything that is put in is text, unless it is HTML already.

/** HTML that may be put into HTML as it is. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const ENTITIES: { [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** `html`<td>${name}</td>``: values are escaped, lists are joined, `Html` stays. */
export function html(parts: TemplateStringsArray, ...values: (string | number | Html | Html[])[]): Html {
  return new Html(
    parts.reduce((text, part, index) => text + part + (index < values.length ? escaped(values[index] ?? '') : ''), ''),
  );
}

function escaped(value: string | number | Html | Html[]): string {
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map((each) => each.text).join('');
  return String(value).replace(/[&<>"']/g, (each) => ENTITIES[each] ?? each);
}

// The text of a <smooth-grad> tag, to be copied.
export interface Field {
  /** Of the attribute, or of a custom property. */
  name: string;
  help: string;
  /** What holds when nothing is said. */
  otherwise?: string;
  choices?: readonly { name: string; title: string }[];
  range?: { low?: number; high?: unknown; step?: number };
  isFlag?: boolean;
}

export const isStyle = (name: string) => name.startsWith('--');

const quoted = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/** In the order of the fields; with more than fits, a line each. */
export function tagOf(element: HTMLElement, fields: readonly Field[]): string {
  const styles = fields.filter(({ name }) => isStyle(name) && element.style.getPropertyValue(name));
  const style = styles.map(({ name }) => `${name}: ${element.style.getPropertyValue(name).trim()}`).join('; ');
  const written = fields
    .map(({ name }) => [name, element.getAttribute(name)] as const)
    .filter(([name, value]) => !isStyle(name) && value !== null)
    .map(([name, value]) => (value === '' ? name : `${name}="${quoted(value as string)}"`));
  const all = [...written, ...(style ? [`style="${quoted(style)}"`] : [])];
  const line = ['<smooth-grad', ...all].join(' ');
  const isLong = line.length > 72;
  return `${isLong ? ['<smooth-grad', ...all].join('\n  ') : line}${isLong ? '\n' : ''}></smooth-grad>`;
}

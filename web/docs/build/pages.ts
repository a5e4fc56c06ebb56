// The pages of the documentation, in the order of their list: `web/docs/NAME.md` becomes `docs-NAME.html`, the first one `docs.html`.

export const groups = [
  { title: 'Begin', pages: ['start', 'embedding', 'gallery', 'tools'] },
  { title: 'Reference', pages: ['element', 'options', 'api', 'command-line'] },
  { title: 'Networks and data', pages: ['models', 'data-sets', 'training', 'runtimes'] },
  { title: 'Background', pages: ['methods', 'reproducibility', 'performance', 'troubleshooting', 'citing'] },
] as const;

export const names: readonly string[] = groups.flatMap(({ pages }) => pages);

export const fileOf = (name: string) => (name === names[0] ? 'docs.html' : `docs-${name}.html`);

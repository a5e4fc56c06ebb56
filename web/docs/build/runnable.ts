// An example of the documentation as a module that a page runs when it is asked to: what it prints goes where the page says.
const entries: Record<string, string> = {
  smoothgrad: '../smoothgrad/index.js',
  'smoothgrad/element': '../smoothgrad/element.js',
  'smoothgrad/train': '../smoothgrad/train.js',
};

const imported = /^import .*$/gm;

export function runnable(text: string): string {
  const imports = [...text.matchAll(imported)].map(([line]) =>
    line.replace(/'([^']+)'/, (_, name: string) => `'${entries[name] ?? name}'`),
  );
  return `${imports.join('\n')}\nexport default async (console) => {${text.replace(imported, '')}};\n`;
}

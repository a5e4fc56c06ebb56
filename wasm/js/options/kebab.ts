// Names of options as they are typed in attributes and on the command line, which have no capitals: `cleanLast` is `clean-last`.

export const toKebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

export const fromKebab = (name: string) => name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

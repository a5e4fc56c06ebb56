// Properties of a custom element that mirror its attributes, from a table.
import { toKebab } from '../options/kebab.js';

/** A server that draws pages imports the element, too; there it is never made. */
const AnyElement = globalThis.HTMLElement ?? class {};

type Kind = 'text' | 'number' | 'flag' | 'switch';
interface Value {
  text: string | undefined;
  number: number | undefined;
  flag: boolean;
  switch: boolean | undefined;
}
type Reflected<T extends Record<string, Kind>> = { -readonly [K in keyof T]: Value[T[K]] };

/** Text that is no number stays text, so that whoever checks the option can say what was written. */
const toNumber = (text: string) =>
  text.trim() === '' || Number.isNaN(Number(text)) ? (text as unknown as number) : Number(text);

const getters: { [K in Kind]: (element: HTMLElement, name: string) => Value[K] } = {
  text: (element, name) => element.getAttribute(name) ?? undefined,
  number: (element, name) => {
    const text = element.getAttribute(name);
    return text === null ? undefined : toNumber(text);
  },
  flag: (element, name) => element.hasAttribute(name),
  // Off has to be said, since it may be on by itself.
  switch: (element, name) => {
    const text = element.getAttribute(name);
    return text === null ? undefined : text !== 'false';
  },
};

function write(element: HTMLElement, name: string, kind: Kind, value: unknown) {
  if (value === undefined || value === null || (value === false && kind === 'flag')) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? '' : String(value));
}

/**
 * Properties that a page has set before the element was defined would hide the element's own: they are set anew. Undefined says
 * nothing: a page that copies what it reads (`element.src = element.src`) must not take an attribute away.
 */
export function takeEarly(element: HTMLElement, names: readonly string[]) {
  for (const name of names.filter((name) => Object.hasOwn(element, name))) {
    const value: unknown = Reflect.get(element, name);
    Reflect.deleteProperty(element, name);
    if (value !== undefined) Reflect.set(element, name, value);
  }
}

/** An element that sends these events, beside those of its own kind. */
export interface Sends<E> {
  addEventListener<K extends keyof E>(
    type: K,
    listen: (event: E[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<K extends keyof E>(
    type: K,
    listen: (event: E[K]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
}

type Base<T extends Record<string, Kind>, E> = new () => Sends<E> & HTMLElement & Reflected<T>;

/** A base class with a property for each attribute in the table; absent attributes read as undefined (flags as false). */
export function reflecting<T extends Record<string, Kind>, E>(table: T): Base<T, E> {
  class Reflecting extends AnyElement {}
  for (const [property, kind] of Object.entries(table)) {
    const name = toKebab(property);
    Object.defineProperty(Reflecting.prototype, property, {
      configurable: true,
      enumerable: true,
      get(this: HTMLElement) {
        return getters[kind](this, name);
      },
      set(this: HTMLElement, value: unknown) {
        write(this, name, kind, value);
      },
    });
  }
  return Reflecting as unknown as Base<T, E>;
}

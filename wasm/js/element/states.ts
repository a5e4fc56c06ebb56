// The state of a <smooth-grad> for the page's own style: `smooth-grad:state(running)`.
import type { State } from './words.js';

/** Once there is a map, whatever the state is. */
const drawn = 'drawn';

export class States {
  readonly #states: CustomStateSet | undefined;

  /** Browsers that do not know them yet do without: older ones take only names that begin with dashes. */
  constructor(element: HTMLElement) {
    if (globalThis.CSS?.supports('selector(:state(a))')) this.#states = element.attachInternals().states;
  }

  set(state: State, isDrawn: boolean): void {
    const wanted = isDrawn ? [state, drawn] : [state];
    // Only what differs: a style that follows it is not computed anew for each sample.
    for (const name of [...(this.#states ?? [])]) if (!wanted.includes(name)) this.#states?.delete(name);
    for (const name of wanted) this.#states?.add(name);
  }
}

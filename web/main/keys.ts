// Beside the maps what they say: the colour keys, the sentences over them, and the class that is asked about, with the other where
// two are told apart.
import { type DrawnMap, type Engine, type Progress, runOptions } from 'smoothgrad';
import { createColourKey, type Keyed } from '../common/colour_key.js';
import { byId, make } from '../common/dom.js';
import { language } from '../common/language.js';
import type { Session } from '../common/session.js';
import { text } from '../common/texts.js';
import { type Asked, signWords, unitWords } from '../common/units.js';
import { attributesOf, magnitudeOf, plainOf } from './options.js';
import { readingOf } from './reading.js';
import type { State } from './state.js';
import type { Store } from './store.js';
import { twoUp } from './views.js';
import { magnitudeDrawn, titleOf } from './words.js';

export type Drawn = Progress & { picture: DrawnMap };

/** What is asked for, as it is drawn. */
function askedOf(state: State, engine: Engine, names: readonly string[], progress: Progress): Asked {
  const name = (index: number) => names[index] ?? text('class', { index });
  return {
    ...state,
    magnitude: magnitudeDrawn(state, engine, progress),
    target: name(progress.target),
    versus: state.versus === undefined ? undefined : name(state.versus),
  };
}

const isAveraged = ({ method, noise, sigma, samples }: State, { methods }: Engine) =>
  samples > 1 && (sigma ?? noise) > 0 && methods.some((row) => row.name === method && row.noisy);

function keyedOf(state: State, drawn: Drawn, { engine, model }: Session, title: string | undefined): Keyed {
  const asked = askedOf(state, engine, model.classNames, drawn);
  const { low, high, colours } = drawn.picture;
  // Where the photo is as bright as the map is strong, only the size is seen.
  const look =
    state.view === 'product'
      ? { scale: { low: Math.max(low, 0), high }, signed: false, colours: 'grey' }
      : { scale: { low, high }, signed: drawn.signed === true, colours };
  return {
    engine,
    ...look,
    percentile: state.percentile ?? runOptions.percentile.default,
    title,
    unit: unitWords(asked, engine),
    signs: signWords(asked, engine),
  };
}

/** In the heading: after the class or, as in Japanese, before it. */
const ratherThan = (versus: string): (string | Node)[] => {
  const other = make('em', { textContent: versus });
  return language === 'ja' ? [other, text('main.rather')] : [text('main.rather'), other];
};

export interface Keys {
  drawn(which: 'map' | 'plain', progress: Progress): void;
}

export function createKeys(store: Store, network: Session): Keys {
  const { engine, model } = network;
  const keys = { map: createColourKey(byId('key-map')), plain: createColourKey(byId('key-plain')) };
  const last: Partial<Record<'map' | 'plain', Drawn>> = {};

  function show() {
    const state = store.get();
    const { map, plain } = last;
    if (!map) return;
    const two = state.view === twoUp.name;
    const title = (method: string) => (two ? titleOf('method', [...engine.methods, ...engine.references], method) : undefined);
    // A mask has no colours.
    keys.map.show(state.view === 'mask' ? undefined : keyedOf(state, map, network, title(state.method)));
    const isBeside = two && plain !== undefined;
    keys.plain.show(isBeside ? keyedOf({ ...plainOf(state), view: 'map' }, plain, network, title('gradient')) : undefined);
    const asked = askedOf(state, engine, model.classNames, map);
    const { meaning, more } = readingOf(
      {
        ...asked,
        view: state.view,
        colours: map.picture.colours,
        signed: map.signed === true,
        isAveraged: isAveraged(state, engine),
        isWaiting: asked.magnitude !== magnitudeOf(state, engine),
        channels: state.channels,
        window: state.window,
        randomised: state.randomised,
      },
      engine,
    );
    byId('meaning').textContent = meaning;
    for (const id of ['reading-more', 'reading-below']) byId(id).textContent = more;
    const { versus } = asked;
    byId('rather').replaceChildren(...(versus === undefined ? [] : ratherThan(versus)));
  }
  const drawing = (state: State) => JSON.stringify(attributesOf(state, network));
  // What needs another picture is told of once it is there.
  store.subscribe((state, before) => {
    if (before && drawing(state) === drawing(before)) show();
  });
  return {
    drawn(which, progress) {
      if (!progress.picture) return;
      last[which] = progress as Drawn;
      show();
    },
  };
}

// What a network says of the current photo under settings that change: the latest are tried, one at a time.
import { type Engine, type Model, rankClasses } from 'smoothgrad';
import { byId, make } from '../../common/dom.js';
import { loadOptions, type ModelSettings, type OwnFile } from '../../common/own_models.js';
import { pixelsOf, prepareOnce } from '../../common/photos.js';
import { type Pixels, showPixels } from '../../common/pixels.js';
import { showProbability } from '../../common/scores.js';
import { text } from '../../common/texts.js';

/** What a network says of a photo, before classes have names. */
export interface Seen extends Pick<Model, 'classes' | 'classNames' | 'ending'> {
  logits: Float32Array;
  pixels: Pixels;
}

export interface Check {
  /** What it sees by these settings; nothing where others were asked for since. Rejects where the engine refuses them. */
  look(settings: ModelSettings): Promise<Seen | undefined>;
}

async function lookAt(engine: Engine, own: OwnFile, settings: ModelSettings, photo: Blob): Promise<Seen> {
  const model = await engine.loadModel(own.onnx, loadOptions({ ...own, settings }));
  try {
    const { classes, classNames, ending } = model;
    const prepared = await prepareOnce(photo, model);
    const [{ logits }, pixels] = await Promise.all([model.evaluate(prepared), pixelsOf(prepared)]);
    return { classes, classNames, ending, logits, pixels };
  } finally {
    // Its memory is the page's, whose own network stays.
    model.close();
  }
}

export function createCheck(engine: Engine, own: OwnFile, photo: Blob): Check {
  let latest: string | undefined;
  let known: Promise<Seen | undefined> | undefined;
  let before: Promise<unknown> = Promise.resolve();
  return {
    async look(settings) {
      // Names change nothing of what it sees.
      const { classNames: _, ...seen } = settings;
      const key = JSON.stringify(seen);
      if (key !== latest || !known) {
        latest = key;
        known = before.then(() => (key === latest ? lookAt(engine, own, seen, photo) : undefined));
        before = known.catch(() => {});
      }
      return known;
    },
  };
}

export function showSeen({ pixels, logits, ending }: Seen, names: readonly string[]) {
  showPixels(byId<HTMLCanvasElement>('sheet-photo'), pixels);
  const rows = rankClasses(logits, names, 5, ending).map(({ index, name, probability }) => {
    const bar = make('span', { className: 'fill' });
    bar.style.transform = `scaleX(${Math.min(1, Math.max(0, probability))})`;
    const label = make('span', {
      className: 'name',
      textContent: names.length > 0 ? name : text('class', { index: String(index) }),
    });
    return make('li', {}, bar, label, make('span', { className: 'share', textContent: showProbability(probability) }));
  });
  byId('sheet-guesses').replaceChildren(...rows);
}

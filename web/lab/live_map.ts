// The map of the digit by a network that is still learning: each time it is looked at, its weights of that moment are loaded.
import { type Engine, follow, type Model, type Photo, probabilitiesOf, type RenderOptions } from 'smoothgrad';
import { createColourKey } from '../common/colour_key.js';
import { byId } from '../common/dom.js';
import { startsOf } from '../common/option_rows.js';
import { showPixels } from '../common/pixels.js';
import { showProbability } from '../common/scores.js';
import { text } from '../common/texts.js';
import { signWords, unitWords } from '../common/units.js';

/** Few samples: learning, not averaging, is what is to be seen, and both take the same cores. */
const averaging = { method: 'smoothgrad', noise: 0.2, samples: 25 };
const { percentile } = startsOf('percentile');
/** Of its values. */
const asked = { method: averaging.method, target: '' };

export interface LiveMap {
  /** Explains the digit by the network of this ONNX file; what was shown before stays until then. */
  look(onnx: Uint8Array): Promise<void>;
  /** The same network again: the digit, the target or the manner of drawing is another. */
  refresh(): Promise<void>;
}

export function createLiveMap(
  engine: Engine,
  subject: () => { photo: Photo; target: number | undefined } | undefined,
  drawing: () => RenderOptions,
): LiveMap {
  const canvas = byId<HTMLCanvasElement>('live');
  const says = byId('live-says');
  const key = createColourKey(byId('live-key'));
  let model: Model | undefined;
  let turn = 0;

  const explain = async (network: Model) => {
    const mine = ++turn;
    const what = subject();
    if (!what) {
      canvas.getContext('2d')?.clearRect(0, 0, canvas.width, canvas.height);
      says.textContent = '';
      key.show(undefined);
      return;
    }
    const { photo, target } = what;
    const options = { ...averaging, ...drawing(), pictures: true, ...(target === undefined ? {} : { target }) };
    const run = network.explain(photo, options);
    const last = await follow(run);
    run.cancel();
    if (!last?.picture || mine !== turn) return;
    showPixels(canvas, last.picture);
    const { picture: scale, signed = false } = last;
    const words = { unit: unitWords(asked, engine), signs: signed ? signWords(asked, engine) : undefined };
    key.show({ engine, scale, signed, colours: scale.colours, percentile, ...words });
    canvas.setAttribute('aria-label', text('lab.live.map', { target: last.target }));
    canvas.dataset.looks = String(turn);
    const probability = probabilitiesOf(last.logits, network.ending)[last.target] ?? 0;
    says.textContent = `${last.target}: ${showProbability(probability)}`;
  };
  return {
    async look(onnx) {
      const next = await engine.loadModel(onnx);
      const before = model;
      model = next;
      await explain(next);
      before?.close();
    },
    async refresh() {
      if (model) await explain(model);
    },
  };
}

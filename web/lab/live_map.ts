// The map of the digit by a network that is still learning: each time it is looked at, its weights of that moment are loaded.
import { type Engine, type Model, type RawTensor, type RenderOptions, softmax } from 'smoothgrad';
import { byId } from '../common/dom.js';
import { showProbability } from '../common/scores.js';

/** Few samples: learning, not averaging, is what is to be seen, and both take the same cores. */
const averaging = { method: 'smoothgrad', noise: 0.2, samples: 25 };

export interface LiveMap {
  /** Explains the digit by the network of this ONNX file; what was shown before stays until then. */
  look(onnx: Uint8Array): Promise<void>;
  /** The same network again: the digit, the target or the manner of drawing is another. */
  refresh(): Promise<void>;
}

export function createLiveMap(
  engine: Engine,
  subject: () => { input: RawTensor; target: number | undefined } | undefined,
  drawing: () => RenderOptions,
): LiveMap {
  const canvas = byId<HTMLCanvasElement>('live');
  const context = canvas.getContext('2d');
  const says = byId('live-says');
  let model: Model | undefined;
  let turn = 0;

  const explain = async (network: Model) => {
    const mine = ++turn;
    const what = subject();
    if (!what) {
      context?.clearRect(0, 0, canvas.width, canvas.height);
      says.textContent = '';
      return;
    }
    const { input, target } = what;
    const explanation = network.explain(input, { ...averaging, ...(target === undefined ? {} : { target }) });
    for await (const { state, logits, target: explained } of explanation) {
      if (state !== 'done') continue;
      const { width, height, data } = await explanation.render(drawing());
      if (mine !== turn) return;
      const picture = new ImageData(width, height);
      picture.data.set(data);
      context?.putImageData(picture, 0, 0);
      canvas.setAttribute('aria-label', `What speaks for ${explained}, to the network that learns`);
      canvas.dataset.looks = String(turn);
      says.textContent = `${explained}: ${showProbability(softmax(logits)[explained] ?? 0)}`;
    }
    explanation.cancel();
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

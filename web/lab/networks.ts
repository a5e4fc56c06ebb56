// The networks of the grid: those that came with the site, and those that were trained here and that this browser keeps.
import type { Engine, Model } from 'smoothgrad';
import { sentenceOf } from '../common/failures.js';
import { toPercent } from '../common/fields.js';
import type { Notices } from '../common/notice.js';
import { keepModel, loadOptions, type OwnModel, ownModels, putModel, removeModel } from '../common/own_models.js';
import { text } from '../common/texts.js';

export interface DigitNetwork {
  name: string;
  title: string;
  /** Of the Gaussian noise on the digits that it learnt from, as a share of the range of their levels. */
  noise: number;
  model: Model;
  /** Its share of right answers to test digits without noise, where that was measured. */
  accuracy: number | undefined;
  /** What is kept, of one that was trained here. */
  own?: OwnModel;
}

export interface Networks {
  readonly all: readonly DigitNetwork[];
  /** Adds a network that was trained here. Rejects where it cannot be loaded. */
  keep(learnt: Omit<OwnModel, 'name' | 'kept'>): Promise<void>;
  /** From the grid and from the browser; a notice offers to take it back. */
  remove(network: DigitNetwork): void;
}

export const showLevel = (noise: number) => (noise === 0 ? text('lab.level.none') : toPercent(noise));

export async function loadNetworks(engine: Engine, notices: Notices, changed: () => void): Promise<Networks> {
  const load = async (own: OwnModel): Promise<DigitNetwork> => {
    const { name, title, noise = 0, accuracy } = own;
    return { name, title, noise, accuracy, own, model: await engine.loadModel(own.onnx, loadOptions(own)) };
  };
  const shipped = (await engine.shippedModels()).filter(({ kind }) => kind === 'digits');
  let all: DigitNetwork[] = await Promise.all(
    shipped.map(async ({ name, title, noise = 0, accuracy }) => {
      return { name, title, noise, accuracy, model: await engine.loadModel(name) };
    }),
  );
  for (const own of await ownModels()) {
    if (own.kind !== 'digits') continue;
    try {
      all.push(await load(own));
    } catch (error) {
      notices.show(text('lab.unloaded', { title: own.title, reason: sentenceOf(error) }));
    }
  }

  const add = (network: DigitNetwork) => {
    all = [...all, network];
    changed();
  };
  const takeBack = async (own: OwnModel) => {
    await putModel(own);
    add(await load(own));
  };
  return {
    get all() {
      return all;
    },
    async keep(learnt) {
      try {
        add(await load(await keepModel(learnt)));
      } catch (error) {
        throw new Error(text('lab.unkept', { reason: (error as Error).message }), { cause: error });
      }
    },
    remove(network) {
      const { own, model, name, title } = network;
      if (!own) return;
      all = all.filter((other) => other !== network);
      changed();
      model.close();
      const failed = (error: unknown) => notices.show(sentenceOf(error));
      removeModel(name).then(
        () => notices.show(text('lab.removed', { title }), { title: text('lab.back'), run: () => takeBack(own).catch(failed) }),
        failed,
      );
    },
  };
}

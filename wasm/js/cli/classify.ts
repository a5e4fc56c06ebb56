// smoothgrad classify: the top classes of each photo.
import { createEngine } from '../node.js';
import { loadModel, type ModelFlags } from './model_flags.js';
import { forEachPhoto, print } from './terminal.js';

export interface ClassifyOptions extends ModelFlags {
  top: number;
  json?: true;
}

export async function classify(photos: string[], options: ClassifyOptions): Promise<number> {
  const { json } = options;
  const engine = await createEngine({ threads: 1 });
  try {
    const model = await loadModel(engine, options);
    // At most so many: a network may have fewer.
    const top = Number.isSafeInteger(options.top) ? Math.min(options.top, model.classes) : options.top;
    return await forEachPhoto(photos, async (photo) => {
      const scores = await model.classify(photo, { top });
      if (json) {
        print(JSON.stringify({ photo, top: scores.map(({ index, name, probability }) => ({ index, name, probability })) }));
        return;
      }
      print(photo);
      for (const { index, name, probability } of scores) {
        print(`  ${(100 * probability).toFixed(1).padStart(5)} %  ${name} (${index})`);
      }
    });
  } finally {
    engine.close();
  }
}

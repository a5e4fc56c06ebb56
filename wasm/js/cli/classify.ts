// smoothgrad classify: the top classes of each photo.
import { createEngine } from '../node.js';
import { forEachPhoto, print } from './terminal.js';

export interface ClassifyOptions {
  model: string;
  top: number;
  json?: true;
}

export async function classify(photos: string[], { model: source, top, json }: ClassifyOptions): Promise<number> {
  const engine = await createEngine({ threads: 1 });
  try {
    const model = await engine.loadModel(source);
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

// smoothgrad noise: the standard-normal noise of one sample.
import { createEngine } from '../node.js';
import { checkOutputs } from './outputs.js';
import { writeTensor } from './terminal.js';

export interface NoiseCommand {
  shape: number[];
  seed: number | bigint;
  sample: number;
  output: string;
}

export async function noise({ shape, seed, sample, output }: NoiseCommand): Promise<number> {
  checkOutputs({ '--output': [output] }, []);
  const engine = await createEngine({ threads: 1 });
  try {
    const size = shape.reduce((product, factor) => product * factor, 1);
    await writeTensor(output, { shape, data: await engine.noise({ size, seed, sample }) });
    return 0;
  } finally {
    engine.close();
  }
}

// The engine by the command line of a built package: a model's tensors against the reference, its speed, or its refusal.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { run } from '../../wasm/setup/run.mjs';
import { distance, readNpy } from './npy.mjs';

/** Relative L2 that logits and gradient may be off. */
export const limit = 1e-3;

const prefix = /^(?:smoothgrad: )?(?:\S*\.onnx: )?/;

const off = async (mine, place, truth) => distance(mine, await readNpy(join(place, truth)));

/** How far these tensors are from the truth in the case's folder. */
async function compare({ logits, gradient }, { folder, hasGradient }) {
  const result = { logits: await off(logits, folder, 'logits.npy') };
  if (hasGradient && gradient) result.gradient = await off(gradient, folder, 'gradient.npy');
  result.match = result.logits <= limit && (!hasGradient || result.gradient <= limit);
  return result;
}

/** The engine in this process, for models so small that to start one for each would take longer than all else. */
export async function openLibrary(folder) {
  const { createEngine } = await import(pathToFileURL(join(folder, 'node.js')));
  const engine = await createEngine({ threads: 1 });
  return {
    async judge({ path, folder: place, target, hasGradient }) {
      let model;
      try {
        model = await engine.loadModel(path);
        const data = await readNpy(join(place, 'input.npy'));
        const { logits, gradient } = await model.evaluate({ shape: [...model.inputShape], data }, { target });
        return await compare({ logits, gradient: gradient.data }, { folder: place, hasGradient });
      } catch (error) {
        return { refusal: error.message.replace(prefix, '') };
      } finally {
        model?.close();
      }
    },
    close: () => engine.close(),
  };
}

export function openEngine(folder) {
  const command = (args) => run(process.execPath, [join(folder, 'cli.js'), ...args], { mayFail: true });

  async function speed(path, samples) {
    const { output, code } = await command(
      ['bench', '--model', path, '--samples', samples, '--threads', 1, '--json'].map(String),
    );
    if (code !== 0) return {};
    const { load, speeds, share } = JSON.parse(output.split('\n').at(-1));
    return { loadMs: load?.modelMs, ms: speeds[0].msPerSample, share };
  }

  return {
    /** The operators that a refusal names, or undefined where it names none. */
    async operators(probe) {
      const { output } = await command(['tensor', probe, '--output', join(probe, '../y.npy'), '--input', probe]);
      return /supported are ([\w, ]+)/.exec(output)?.[1].split(', ');
    },

    /**
     * { refusal } or { logits, gradient, match } and, with samples, { loadMs, ms, share }. The truth is in the case's folder.
     * asFramework: not within the limit, but no further off than twice what the framework's own are at that input.
     */
    async judge({ path, folder: place, target, float32Error = 0, float32Logits = 0, samples = 0, hasGradient = true }) {
      const [output, gradient] = [join(place, 'engine-logits.npy'), join(place, 'engine-gradient.npy')];
      const ask = ['--output', output, '--target', String(target), '--gradient', gradient];
      const said = await command(['tensor', path, '--input', join(place, 'input.npy'), ...ask]);
      if (said.code !== 0) return { refusal: said.output.replace(prefix, '') || `ended with ${said.code}` };
      const mine = { logits: await readNpy(output), gradient: existsSync(gradient) && (await readNpy(gradient)) };
      const result = await compare(mine, { folder: place, hasGradient });
      const usual = (mine, own) => mine <= Math.max(limit, 2 * own);
      if (!result.match && usual(result.logits, float32Logits) && usual(result.gradient, float32Error))
        result.asFramework = true;
      return samples > 0 ? { ...result, ...(await speed(path, samples)) } : result;
    },
  };
}

// The engine by the command line of a built package: a model's tensors against the reference, its speed, or its refusal.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../wasm/setup/run.mjs';
import { distance, readNpy } from './npy.mjs';

/** Relative L2 that logits and gradient may be off. */
export const limit = 1e-3;

const prefix = /^smoothgrad: (?:\S*\.onnx: )?/;

export function openEngine(folder) {
  const command = (args) => run(process.execPath, [join(folder, 'cli.js'), ...args], { mayFail: true });

  async function speed(path, samples) {
    const { output, code } = await command(
      ['bench', '--model', path, '--samples', samples, '--threads', 1, '--json'].map(String),
    );
    if (code !== 0) return {};
    const { load, speeds } = JSON.parse(output.split('\n').at(-1));
    return { loadMs: load?.modelMs, ms: speeds[0].msPerSample };
  }

  return {
    /** The operators that a refusal names, or undefined where it names none. */
    async operators(probe) {
      const { output } = await command(['tensor', probe, '--output', join(probe, '../y.npy'), '--input', probe]);
      return /supported are ([\w, ]+)/.exec(output)?.[1].split(', ');
    },

    /**
     * { refusal } or { logits, gradient, match } and, with samples, { loadMs, ms }. The truth is in the case's folder.
     * asFramework: not within the limit, but no further off than twice what the framework's own gradients are at that input.
     */
    async judge({ path, folder: place, target, float32Error = 0, samples = 0, hasGradient = true }) {
      const [output, gradient] = [join(place, 'engine-logits.npy'), join(place, 'engine-gradient.npy')];
      const ask = ['--output', output, '--target', String(target), '--gradient', gradient];
      const said = await command(['tensor', path, '--input', join(place, 'input.npy'), ...ask]);
      if (said.code !== 0) return { refusal: said.output.replace(prefix, '') || `ended with ${said.code}` };
      const off = async (mine, truth) => distance(await readNpy(mine), await readNpy(join(place, truth)));
      const result = { logits: await off(output, 'logits.npy') };
      if (hasGradient && existsSync(gradient)) result.gradient = await off(gradient, 'gradient.npy');
      result.match = result.logits <= limit && (!hasGradient || result.gradient <= limit);
      if (!result.match && result.logits <= limit && result.gradient <= 2 * float32Error) result.asFramework = true;
      return samples > 0 ? { ...result, ...(await speed(path, samples)) } : result;
    },
  };
}

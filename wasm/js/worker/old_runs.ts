// TEMPORARY: runs of the bindings before references were runs. Goes with the next merge of core.
import type { RunSettings } from '../options/settings.js';
import type { AnyRun, WasmModel, WasmModule } from './wasm_module.js';

export function wrapped(module: any): WasmModule {
  const tables = module.tables();
  tables.rules = ['gradient', 'guided', 'deconvnet'].map((name) => ({ name, title: name }));
  tables.references[0].unit = 'maps';
  tables.references[1].unit = 'squares';
  const makeRun = module.makeRun.bind(module);
  const proxy = Object.create(module);
  proxy.tables = () => tables;
  proxy.makeRun = (model: WasmModel & { gradCam: any }, input: Float32Array, settings: RunSettings): AnyRun => {
    const begin = performance.now();
    if (settings.method === 'grad-cam') {
      let map: Float32Array | undefined;
      const compute = () => {
        map ??= model.gradCam(input, settings) as Float32Array;
        return map;
      };
      return {
        step: () => (compute(), false),
        stop() {},
        progress: () => ({
          done: map !== undefined,
          samples: map ? 1 : 0,
          goal: 1,
          unit: 'maps',
          elapsedMs: performance.now() - begin,
        }),
        map: () => compute().slice(),
        isSigned: () => false,
        delete() {},
      };
    }
    if (settings.method === 'occlusion') {
      const run = module.makeOcclusion(model, input, settings);
      return {
        step: () => run.step(),
        stop() {},
        progress: () => ({
          done: run.done() === run.squares(),
          samples: run.done(),
          goal: run.squares(),
          unit: 'squares',
          elapsedMs: performance.now() - begin,
        }),
        map: () => run.map(),
        isSigned: () => true,
        delete: () => run.delete(),
      };
    }
    const run = makeRun(model, input, settings);
    const progress = run.progress.bind(run);
    run.progress = () => ({ ...progress(), unit: 'samples' });
    run.isSigned = (look: any) =>
      settings.difference === 'scaled' || (look.channels === 'signed-sum' && look.magnitude === 'plain');
    return run;
  };
  return proxy;
}

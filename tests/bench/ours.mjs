// The engine as a contender, through the npm package's public API: what a user gets, noise and statistics included.

/** createEngine: of the npm package; without an input one of noise. -> {engine, input, shape, gradient(), time(samples), close()} */
export async function open(createEngine, { onnx, input, shape, target, build, threads, assets }) {
  const engine = await createEngine({ build: threads > 1 ? `${build}-threads` : build, threads, ...(assets && { assets }) });
  const begin = performance.now();
  const model = await engine.loadModel(onnx);
  const loadMs = performance.now() - begin;
  const dims = shape ?? [...model.inputShape];
  const data = input ?? (await engine.noise({ size: dims.reduce((product, factor) => product * factor, 1) }));
  const tensor = { shape: dims, data };
  return {
    engine,
    loadMs,
    input: data,
    shape: dims,
    gradient: async () => (await model.evaluate(tensor, { target })).gradient.data,
    profile: () => model.profile(tensor, { target, passes: 1 }),
    /** Milliseconds of `samples` whole samples; `watch` is called whenever there is progress. */
    async time(samples, watch = () => {}) {
      const explanation = model.explain(tensor, { target, samples });
      let elapsed = 0;
      for await (const { elapsedMs } of explanation) {
        elapsed = elapsedMs;
        await watch();
      }
      explanation.cancel();
      return elapsed;
    },
    async reload() {
      const start = performance.now();
      const again = await engine.loadModel(onnx);
      const ms = performance.now() - start;
      again.close();
      return ms;
    },
    close: () => engine.close(),
  };
}

// The harness's end of peers/worker.mjs.

/** worker: a Worker of Node or of a browser. -> contender {gradient, time, close}, once it has opened. */
export async function connect(worker, options) {
  const waiting = new Map();
  let calls = 0;
  const settle = ({ id, result, error }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) resolve(result);
    else reject(new Error(error));
  };
  const lose = (error) => {
    for (const { reject } of waiting.values()) reject(error);
  };
  if (worker.on) worker.on('message', settle).on('error', lose);
  else {
    worker.onmessage = ({ data }) => settle(data);
    worker.onerror = (event) => lose(new Error(event.message ?? 'a peer could not be loaded'));
  }
  const call = (method, ...args) =>
    new Promise((resolve, reject) => {
      waiting.set(++calls, { resolve, reject });
      worker.postMessage({ id: calls, method, args });
    });
  try {
    await call('open', options);
  } catch (error) {
    worker.terminate();
    throw error;
  }
  return { gradient: () => call('gradient'), time: (samples) => call('time', samples), close: () => worker.terminate() };
}

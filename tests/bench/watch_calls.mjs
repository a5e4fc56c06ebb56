// Where the time between a network's last byte and the first map goes: when the page asked its worker for what.

/** Before the page's scripts. */
export function watchCalls() {
  window.called = {};
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message, ...rest) {
    if (message?.method) window.called[message.method] ??= performance.now();
    return post.call(this, message, ...rest);
  };
}

/** What is done when the page asks for the next step, each by the call that begins it. */
const steps = [
  ['open', 'the worker is there'],
  ['loadModel', 'the page has read the network'],
  ['prepare', 'the network is packed'],
  ['explain', 'the photo is decoded'],
];

/** [what, milliseconds on the page's clock]; what was never asked for is left out. */
export const stepsOf = (called) => steps.flatMap(([method, what]) => (method in called ? [[what, called[method]]] : []));

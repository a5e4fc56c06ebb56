// The service's side on a page's own thread, where no worker may start: between two passes the page has its turn.
import { browserRuntime } from './browser_runtime.js';
import type { Runtime } from './runtime.js';

const restMs = 4;

/** `reason`: why it is there, for people. */
export const pageRuntime = (reason: string): Runtime => ({
  ...browserRuntime,
  singleThreadReason: () => reason,
  nextTurn: () => new Promise((resolve) => setTimeout(resolve, restMs)),
  // Decoding uses a bitmap up; here it is the caller's own.
  decode: async (photo) => browserRuntime.decode(photo instanceof ImageBitmap ? await createImageBitmap(photo) : photo),
});

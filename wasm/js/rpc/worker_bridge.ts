// The service in a worker: numbered calls and answers, and a word when the worker is gone.
import { fromWire, SmoothGradError, toWire, type WireError } from '../api/errors.js';
import type { Answering, Callable, Connection } from './connection.js';
import { isHandedOver } from './hand_over.js';

interface Call {
  id: number;
  method: string;
  args: unknown[];
  /** After them comes a function, whose calls are words of the answer's number. */
  listens: boolean;
}

/** `lock`: the worker is there; what it holds as long as it lives, where there are locks. */
type Answer =
  | { id: number; result: unknown }
  | { id: number; error: WireError }
  | { id: number; words: unknown[] }
  | { lock: string | undefined };

type Listener = (...words: unknown[]) => void;

interface Pending {
  resolve: (result: never) => void;
  reject: (error: Error) => void;
  listener?: Listener;
}

/**
 * The caller's end, once the worker says that it is there; rejects when it did not start. The worker is terminated when it is lost
 * or closed.
 */
export async function connectWorker<S extends Callable<S>>(worker: Worker): Promise<Connection<S>> {
  let started: () => void;
  let tell: (error: Error) => void;
  const starting = new Promise<void>((resolve) => {
    started = resolve;
  });
  const ended = new Promise<Error>((resolve) => {
    tell = resolve;
  });
  const pending = new Map<number, Pending>();
  const waiting = new AbortController();
  let over: Error | undefined;
  let calls = 0;

  const end = (error: Error) => {
    if (over) return;
    over = error;
    tell(error);
    worker.terminate();
    waiting.abort();
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
  };
  const lose = (what: string) =>
    end(new SmoothGradError('worker-lost', `the engine's worker was lost (${what}): create the engine again`));

  worker.addEventListener('error', (event) => lose(event.message || 'it could not be loaded, or crashed'));
  worker.addEventListener('messageerror', () => lose('a message could not be read'));
  worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
    if ('lock' in data) {
      started();
      if (data.lock === undefined) return;
      // Whoever dies gives up its locks: to be granted this one means that the worker is no more.
      const granted = () => lose('it ended');
      navigator.locks.request(data.lock, { signal: waiting.signal }, granted).catch(() => {});
      return;
    }
    const call = pending.get(data.id);
    if ('words' in data) return call?.listener?.(...data.words);
    pending.delete(data.id);
    if ('result' in data) return call?.resolve(data.result as never);
    const error = fromWire(data.error);
    call?.reject(error);
    if (error.code === 'worker-lost') end(error);
  });

  await Promise.race([starting, ended.then((error) => Promise.reject(error))]);
  return {
    call(method, ...args) {
      return new Promise<never>((resolve, reject) => {
        if (over) return reject(over);
        const listener: unknown = args.at(-1);
        const listens = typeof listener === 'function';
        const call: Call = { id: ++calls, method: String(method), args: listens ? args.slice(0, -1) : args, listens };
        worker.postMessage(call, buffersOf(call.args).filter(isHandedOver));
        pending.set(call.id, { resolve, reject, ...(listens && { listener: listener as Listener }) });
      }) as ReturnType<S[typeof method]>;
    },
    ended,
    close: end,
  };
}

/** Every buffer in a value. Those of results are all moved: they are copies that nobody else holds. */
function buffersOf(value: unknown): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) return value.buffer instanceof ArrayBuffer ? [value.buffer] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(buffersOf);
}

/** The worker's end. */
export function serve<S extends Callable<S>>(service: S, scope: Pick<Worker, 'postMessage' | 'addEventListener'>): void {
  if (globalThis.origin === 'null' && globalThis.location?.protocol.startsWith('http')) {
    throw new Error('its script was sent with a policy that sandboxes it, so that it can load nothing');
  }
  const answer = (message: Answer, transfer: ArrayBuffer[] = []) => scope.postMessage(message, transfer);
  scope.addEventListener('message', async ({ data: { id, method, args, listens } }: MessageEvent<Call>) => {
    try {
      const all = listens ? [...args, (...words: unknown[]) => answer({ id, words })] : args;
      const result = await (service[method as keyof S] as Answering).apply(service, all as never[]);
      answer({ id, result }, buffersOf(result));
    } catch (error) {
      answer({ id, error: toWire(error) });
    }
  });
  // Secure contexts have locks, unless they are sandboxed; elsewhere the worker's error event has to do.
  const without = () => answer({ lock: undefined });
  if ('locks' in navigator) {
    const lock = `smoothgrad-${crypto.randomUUID()}`;
    const hold = () => {
      answer({ lock });
      return new Promise(() => {});
    };
    navigator.locks.request(lock, hold).catch(without);
  } else without();
}

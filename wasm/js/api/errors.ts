// Errors of the package: one class, told apart by `code`; and their form on the way out of a worker.
import type { ErrorCode } from './index.js';

/** `message` says what was wrong and what would be right, in one line; `code` is for programs. */
export class SmoothGradError extends Error {
  override readonly name = 'SmoothGradError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export interface WireError {
  code: ErrorCode;
  message: string;
}

const codes: ReadonlySet<string> = new Set<ErrorCode>([
  'bad-model',
  'unsupported-operator',
  'bad-option',
  'bad-image',
  'bad-tensor',
  'not-found',
  'worker-lost',
  'out-of-memory',
  'unsupported-platform',
  'closed',
]);

export const badOption = (message: string) => new SmoothGradError('bad-option', message);

/** What the wasm module, a decoder or the platform threw, as an error of ours. Whatever is not known broke the engine. */
export function toSmoothGradError(thrown: unknown): SmoothGradError {
  if (thrown instanceof SmoothGradError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const code = (thrown as { code?: unknown } | null)?.code;
  if (typeof code === 'string' && codes.has(code)) return new SmoothGradError(code as ErrorCode, message);
  if (/out of memory|OOM|enlarge memory|allocat/i.test(message)) {
    return new SmoothGradError('out-of-memory', `the engine ran out of memory: ${message}`, { cause: thrown });
  }
  return new SmoothGradError('worker-lost', `the engine failed: ${message}`, { cause: thrown });
}

export function toWire(thrown: unknown): WireError {
  const { code, message } = toSmoothGradError(thrown);
  return { code, message };
}

export const fromWire = ({ code, message }: WireError) => new SmoothGradError(code, message);

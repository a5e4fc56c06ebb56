/** See onnx.mjs. */
interface More {
  input?: number[];
  metadata?: Record<string, string>;
  before?: object[];
  reads?: string;
  after?: object[];
}
export function meansOfChannels(weights: number[][], more?: More): Uint8Array;
export function meansWithData(weights: number[][], location: string, more?: More): { onnx: Uint8Array; data: Uint8Array };

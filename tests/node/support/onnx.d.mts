/** See onnx.mjs. */
export function meansOfChannels(weights: number[][], more?: { input?: number[]; metadata?: Record<string, string> }): Uint8Array;

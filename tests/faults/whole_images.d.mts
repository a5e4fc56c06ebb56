/** See whole_images.mjs. */
export function pngOf(width: number, height: number, options?: { rows?: number; bits?: number }): Uint8Array;

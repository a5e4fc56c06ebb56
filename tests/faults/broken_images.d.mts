/** See broken_images.mjs. */
export function brokenImages(count: number, seed: number, outside?: string): Promise<Record<string, Uint8Array>>;

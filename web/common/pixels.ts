// RGBA on a canvas.

export interface Pixels {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

/** The canvas becomes as large as the picture. */
export function showPixels(canvas: HTMLCanvasElement, { width, height, data }: Pixels) {
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const picture = new ImageData(width, height);
  picture.data.set(data);
  canvas.getContext('2d')?.putImageData(picture, 0, 0);
}

/** A file of it. */
export async function toBlob(pixels: Pixels): Promise<Blob> {
  const canvas = document.createElement('canvas');
  showPixels(canvas, pixels);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('this browser makes no picture of a canvas'))));
  });
}

// How many pixels a picture has, by the first bytes of its file: one of some kilobytes can unpack to gigabytes.

/** 0 where it is none. Nothing is unpacked: browsers do that when an image is drawn. */
export async function countPixels(photo: Blob): Promise<number> {
  const image = new Image();
  const address = URL.createObjectURL(photo);
  const loaded = new Promise((resolve) => {
    image.onload = image.onerror = resolve;
  });
  image.src = address;
  await loaded;
  URL.revokeObjectURL(address);
  return image.naturalWidth * image.naturalHeight;
}

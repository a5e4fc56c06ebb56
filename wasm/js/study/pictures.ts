// Example maps as small files, for who shows the study.
import { join } from 'node:path';
import type { Prepared } from '../api/index.js';
import { makeFolder, writeWhole } from '../cli/whole_file.js';
import { loadSharp } from '../node/sharp.js';

export interface Pictures {
  /** The file's name without its folder; undefined where nobody wants pictures. */
  save(name: string, picture: Prepared['pixels']): Promise<string | undefined>;
}

export const noPictures: Pictures = { save: async () => undefined };

export async function picturesIn(folder: string): Promise<Pictures> {
  await makeFolder(folder);
  return {
    async save(name, { width, height, data }) {
      const file = `${name}.webp`;
      const sharp = await loadSharp();
      const image = sharp(data, { raw: { width, height, channels: 4 } })
        .removeAlpha()
        .webp({ quality: 50, effort: 6 });
      await writeWhole(join(folder, file), await image.toBuffer());
      return file;
    },
  };
}

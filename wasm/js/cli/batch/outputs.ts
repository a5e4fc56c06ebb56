// What smoothgrad batch writes for each photo beside its line, a row each.

import type { Explanation, Progress } from '../../api/index.js';
import type { NpyType } from '../../api/npy.js';
import { formatNpy } from '../../api/npy.js';
import { encodePng } from '../png.js';
import { fileNameOf } from './file_name.js';

export interface Outputs {
  maps?: true;
  attributions?: NpyType;
  measures?: readonly string[];
}

export type Encode = () => Promise<Uint8Array> | Uint8Array;

interface Kind {
  name: string;
  ending: string;
  option: 'maps' | 'attributions';
  /** Reads from the run; what it gives needs the run no more. */
  read(run: Explanation<Progress>, outputs: Outputs): Promise<Encode>;
}

const kinds: readonly Kind[] = [
  {
    name: 'map',
    ending: '.png',
    option: 'maps',
    async read(run) {
      const picture = await run.render();
      return () => encodePng(picture);
    },
  },
  {
    name: 'attribution',
    ending: '.npy',
    option: 'attributions',
    async read(run, { attributions }) {
      const tensor = await run.attribution();
      return () => formatNpy(tensor, attributions);
    },
  },
];

export interface Output extends Kind {
  /** From the folder of the results. */
  path: string;
}

/** The files of a photo by its id, each kind in a folder of its own. */
export const outputsOf = (id: string, outputs: Outputs): Output[] =>
  kinds
    .filter(({ option }) => outputs[option] !== undefined)
    .map((kind) => ({ ...kind, path: `${kind.option}/${fileNameOf(id)}${kind.ending}` }));

// The table of the study's parts: one function each, under the key of its figures in the file.
import { denoised } from './denoised/part.js';
import { rq1 } from './rq1.js';
import { rq2 } from './rq2.js';
import { rq3 } from './rq3.js';
import { rq4 } from './rq4.js';
import { rq5 } from './rq5.js';

export const parts = { rq1, rq2, rq3, rq4, rq5, denoised };

export type PartName = keyof typeof parts;

/** Parts that are not of the study's model, and whose they are. */
export const otherModels: { readonly [P in PartName]?: string } = { rq5: 'four digit networks' };

/** How a part's figures came about. */
export interface Made {
  date: string;
  seconds: number;
  package: string;
  build: string;
  threads: number;
  machine: string;
  model: string;
  seed: number;
  quick: boolean;
}

export type PartFigures = { [P in PartName]?: Awaited<ReturnType<(typeof parts)[P]>> & { made: Made } };

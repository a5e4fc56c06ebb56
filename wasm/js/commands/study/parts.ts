// The table of the study's parts: one function each, under the key of its figures in the file.
import { rq1 } from './rq1.js';
import { rq2 } from './rq2.js';
import { rq3 } from './rq3.js';
import { rq4 } from './rq4.js';

export const parts = { rq1, rq2, rq3, rq4 };

export type PartName = keyof typeof parts;

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

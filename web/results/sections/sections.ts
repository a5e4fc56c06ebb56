// The table of the page's sections: one for each part that the study's file has.
import type { PartName } from '../../../wasm/js/study/parts.js';
import { denoised } from './denoised.js';
import { rq1 } from './rq1.js';
import { rq2 } from './rq2.js';
import { rq3 } from './rq3.js';
import { rq4 } from './rq4.js';
import { rq5 } from './rq5.js';
import type { SectionMaker } from './section.js';

export const sections: { [P in PartName]: SectionMaker<P> } = { rq1, rq2, rq3, rq4, rq5, denoised };

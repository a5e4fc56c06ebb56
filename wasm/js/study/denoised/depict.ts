// Plain and denoised maps of the same samples, and what they come to.
import type { Explanation } from '../../api/index.js';
import type { Session } from '../session.js';
import type { Reference, ReferenceMap } from './reference.js';

export const picturedSamples = [16, 48, 192];

export interface Shot {
  samples: number;
  plain: string | undefined;
  denoised: string | undefined;
}

export async function depict({ pictures }: Session, name: string, run: Explanation, samples: number): Promise<Shot> {
  const draw = (magnitude: string) => run.render({ magnitude, window: 0 });
  return {
    samples,
    plain: await pictures.save(`${name}-${samples}-plain`, await draw('plain')),
    denoised: await pictures.save(`${name}-${samples}-denoised`, await draw('denoised')),
  };
}

export async function depictReference({ engine, pictures }: Session, name: string, { maps }: Reference) {
  return pictures.save(`${name}-converged`, await engine.renderMap((maps[0] as ReferenceMap).whole));
}

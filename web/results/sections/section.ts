// What every section of the page is made of.
import type { PartFigures } from '../../../wasm/js/study/parts.js';
import type { StudyFile } from '../../../wasm/js/study/study_file.js';
import type { Claim } from '../claims.js';
import type { Figure } from '../figures.js';
import type { Content } from '../html.js';

export interface SectionContext {
  /** The photo's class as the network calls it, which is what charts call the photo. */
  className: (photo: string) => string;
  figure: Figure;
}

export interface Section {
  claims: Claim[];
  /** Further charts, pictures and tables. */
  content: Content;
}

/** A question for everybody, one sentence on what was measured for experts, and what is made of the part's figures. */
export interface SectionMaker<P extends keyof PartFigures> {
  title: string;
  measured: string;
  make: (part: NonNullable<PartFigures[P]>, context: SectionContext) => Section;
}

export const namesOf = ({ photos }: StudyFile) => {
  const names = new Map(photos.map(({ name, target }) => [name, target.name]));
  return (photo: string) => names.get(photo) ?? photo;
};

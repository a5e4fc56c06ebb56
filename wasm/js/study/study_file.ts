// The study's file: format, version, and a key for each part, so that one part can be computed anew and replaced.
import { badOption, SmoothGradError } from '../api/errors.js';
import { readBytes } from '../cli/terminal.js';
import { writeWhole } from '../cli/whole_file.js';
import { inSixDigits } from './numbers.js';
import type { PartFigures } from './parts.js';
import type { StudyPhoto } from './session.js';

const format = 'smoothgrad-study';
const version = 1;

export interface StudyFile {
  format: typeof format;
  version: typeof version;
  photos: Omit<StudyPhoto, 'prepared'>[];
  parts: PartFigures;
}

export const newStudy = (photos: StudyFile['photos']): StudyFile => ({ format, version, photos, parts: {} });

/** A study of the same photos, to go on with. */
export async function readStudy(path: string, photos: StudyFile['photos']): Promise<StudyFile> {
  const text = new TextDecoder().decode(await readBytes(path));
  let study: StudyFile;
  try {
    study = JSON.parse(text) as StudyFile;
  } catch (error) {
    throw new SmoothGradError('bad-option', `${path} is no study: ${(error as Error).message}`, { cause: error });
  }
  const isWhole = Array.isArray(study?.photos) && study.photos.every((photo) => photo?.target) && study.parts;
  if (study?.format !== format || study.version !== version || !isWhole) {
    throw badOption(`${path} is no study of version ${version}: give a file that this command wrote`);
  }
  const names = (list: StudyFile['photos']) => list.map(({ name, target }) => `${name} (${target.name})`).join(', ');
  if (names(study.photos) !== names(photos)) {
    throw badOption(`${path} is of other photos, ${names(study.photos)}: give those, not ${names(photos)}`);
  }
  return study;
}

export const writeStudy = (path: string, study: StudyFile) => writeWhole(path, `${JSON.stringify(study, inSixDigits, 1)}\n`);

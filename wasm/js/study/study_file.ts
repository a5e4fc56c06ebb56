// The study's file: format, version, and a key for each part, so that one part can be computed anew and replaced.
import { badOption, SmoothGradError } from '../api/errors.js';
import { readBytes, write } from '../cli/terminal.js';
import type { PartFigures } from './parts.js';
import type { StudyPhoto } from './session.js';

const format = 'smoothgrad-study';
const version = 1;
const digits = 6;

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
  if (study?.format !== format || study.version !== version) {
    throw badOption(`${path} is no study of version ${version}: give a file that this command wrote`);
  }
  const names = (list: StudyFile['photos']) => list.map(({ name, target }) => `${name} (${target.name})`).join(', ');
  if (names(study.photos) !== names(photos)) {
    throw badOption(`${path} is of other photos, ${names(study.photos)}: give those, not ${names(photos)}`);
  }
  return study;
}

/** Six digits are more than the figures mean, and keep the file small. */
const rounded = (_: string, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(digits)) : value);

export const writeStudy = (path: string, study: StudyFile) =>
  write(path, new TextEncoder().encode(`${JSON.stringify(study, rounded, 1)}\n`));

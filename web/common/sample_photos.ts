// The sample photos: what they are and where their files are. Digits are for models that were trained on digits.
import list from '../photos/photos.json' with { type: 'json' };
import { wholeName } from './part.js';
import { nameOf, text } from './texts.js';

const all = list.map((photo) => {
  const name = photo.file.replace(/\.\w+$/, '');
  const [title, alt] = [nameOf('photo', name, photo.title), nameOf('alt', name, photo.alt)];
  const url = `photos/${photo.file}`;
  // Digits are small as they are.
  return { ...photo, name, title, alt, url, small: photo.kind === 'photos' ? `photos/small/${name}.webp` : url };
});

export const samplesOf = (kind: string) => all.filter((sample) => sample.kind === kind);

export const samples = samplesOf('photos');

/** Also of a part of it. */
export const findSample = (name: string) => all.find((sample) => sample.name === wholeName(name));

export function credits(): string {
  const each = samples.map(({ title, credit, licence }) =>
    text('photo.credit', { title: title.toLowerCase(), credit, licence }),
  );
  const { credit, licence } = samplesOf('digits')[0] ?? { credit: '', licence: '' };
  return text('photo.credits', { photos: each.join('; '), credit, licence });
}

// The sample photos: what they are and where their files are.
import list from '../photos/photos.json' with { type: 'json' };

export const samples = list.map((photo) => ({ ...photo, name: photo.file.replace(/\.\w+$/, ''), url: `photos/${photo.file}` }));

export const findSample = (name: string) => samples.find((sample) => sample.name === name);

export function credits(): string {
  const each = samples.map(({ title, credit, licence }) => `${title.toLowerCase()} by ${credit} (${licence})`);
  return `Sample photos: ${each.join('; ')}.`;
}

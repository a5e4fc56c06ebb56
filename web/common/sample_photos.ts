// The sample photos: what they are and where their files are. Digits are for models that were trained on digits.
import list from '../photos/photos.json' with { type: 'json' };

const all = list.map((photo) => ({ ...photo, name: photo.file.replace(/\.\w+$/, ''), url: `photos/${photo.file}` }));

export const samplesOf = (kind: string) => all.filter((sample) => sample.kind === kind);

export const samples = samplesOf('photos');

export const findSample = (name: string) => all.find((sample) => sample.name === name);

export function credits(): string {
  const each = samples.map(({ title, credit, licence }) => `${title.toLowerCase()} by ${credit} (${licence})`);
  const [digit] = samplesOf('digits');
  return `Sample photos: ${each.join('; ')}. Digits: MNIST by ${digit?.credit} (${digit?.licence}).`;
}

// RQ4: does SmoothGrad combine with other methods? {gradient, Integrated Gradients, Guided BackProp} x {plain, SmoothGrad} by the
// measures of RQ1 and RQ3, at equal numbers of gradient evaluations.
import { inTurn } from './in_turn.js';
import { grid } from './methods.js';
import { meanOf } from './numbers.js';
import type { Session } from './session.js';

export async function rq4(session: Session) {
  const photos = await inTurn(session.photos, async (photo) => ({
    photo: photo.name,
    methods: await session.methodFigures(photo),
  }));
  const names = grid.flatMap(({ base, smooth }) => [base, smooth]);
  const cells = names.map((name) => {
    const each = photos.map(({ photo, methods }) => {
      const method = methods.find((candidate) => candidate.name === name);
      if (!method) throw new Error(`${name} is one of the methods`);
      return { photo, method };
    });
    const [first] = each;
    const { title, samples, steps, evaluations } = first?.method ?? { title: name, samples: 0, steps: 0, evaluations: 0 };
    return {
      ...{ name, title, samples, steps, evaluations },
      mean: meanOf(each.map(({ method }) => method.figures)),
      photos: each.map(({ photo, method }) => ({ photo, ...method.figures })),
    };
  });
  const pictures = [];
  const [pictured] = session.photos;
  if (pictured) {
    for (const { name, drawn } of await session.methodMaps(pictured)) {
      pictures.push({ photo: pictured.name, name, file: await session.pictures.save(`${pictured.name}-${name}`, drawn) });
    }
  }
  return { grid, cells, pictures };
}

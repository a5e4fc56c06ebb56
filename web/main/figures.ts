// All settings and figures of what is shown, for a file.
import { type Explanation, isSampled, type Progress } from 'smoothgrad';
import { isOwnName } from '../common/own_models.js';
import { findSample } from '../common/sample_photos.js';
import { modelName, type Session } from '../common/session.js';
import type { State } from './state.js';

const isOwn = ({ photo }: State) => findSample(photo) === undefined;

/** What of this is on this machine alone. */
export const ownPart = (state: State) => (isOwn(state) ? 'photo' : isOwnName(modelName) ? 'network' : undefined);

export const linkOf = (state: State) => (ownPart(state) === undefined ? location.href : undefined);

export async function gatherFigures(
  state: State,
  progress: Progress,
  explanation: Explanation<Progress> | undefined,
  { engine, model }: Session,
) {
  const { state: _, target, versus, logits, width, height, map, signed, picture, ...figures } = progress;
  const named = (index: number) => ({ index, name: model.classNames[index] });
  return {
    model: isOwnName(modelName) ? model.title : model.name,
    build: engine.build,
    threads: engine.threads,
    link: linkOf(state),
    target: named(target),
    ...(versus === undefined ? {} : { versus: named(versus) }),
    settings: { ...state, target, photo: isOwn(state) ? 'own' : state.photo },
    figures: { ...figures, agreement: isSampled(progress) ? await explanation?.agreement() : undefined },
  };
}

// What a model is to be shown.
import type { Model, ShippedModel } from 'smoothgrad';

/** One channel of 28 x 28 and ten classes is how digit networks look. */
export const kindOf = ({ inputShape, classes }: Pick<Model, 'inputShape' | 'classes'>): ShippedModel['kind'] =>
  inputShape.join() === '1,1,28,28' && classes === 10 ? 'digits' : 'photos';

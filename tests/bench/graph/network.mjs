// A model as a list of layers with their weights: what both peers' gradient graphs are made from.
import { clampMakers, idle, layerMakers } from './layers.mjs';
import { readTensor } from './onnx.mjs';
import { decodeModel } from './proto.mjs';

const attributesOf = (node) =>
  Object.fromEntries(node.attribute.map(({ name, i, ints }) => [name, ints.length > 0 ? ints : i]));

/** Gives the layer that makes the node's input its clamp; what it made before nobody else may want. */
function clampLayer(layers, node, view, uses) {
  const layer = layers.find(({ output }) => output === view.input[0]);
  if (!layer || layer.clamp || uses.get(layer.output) !== 1) {
    throw new Error(`${node.name}: an activation must follow its layer`);
  }
  return Object.assign(layer, { clamp: clampMakers[node.op_type](view), output: node.output[0] });
}

const unknown = ({ name, op_type }) => new Error(`${name}: the benchmark's peers do not know operator ${op_type}`);

/** Throws where a file has operators that readNetwork() does not know; needs none of its weights. */
export function checkOperators(bytes) {
  const known = ({ op_type }) => op_type === 'Cast' || idle.has(op_type) || op_type in layerMakers || op_type in clampMakers;
  const odd = decodeModel(bytes).graph.node.find((node) => !known(node));
  if (odd) throw unknown(odd);
}

/** How many nodes read each name. */
function countUses(nodes) {
  const uses = new Map();
  for (const name of nodes.flatMap(({ input }) => input)) uses.set(name, (uses.get(name) ?? 0) + 1);
  return uses;
}

/**
 * layers: [{kind, name, inputs, output, shape: [C, H, W] of the output, clamp?: [lo, hi], isGated, ...weights}] in the order of the
 * file; isGated: what comes in has been clamped, so that the gradient goes through the gate of that next.
 */
export function readNetwork(bytes) {
  const { graph } = decodeModel(bytes);
  const tensors = new Map(graph.initializer.map((tensor) => [tensor.name, tensor]));
  const image = graph.input.find(({ name }) => !tensors.has(name));
  const inputShape = image.type.tensor_type.shape.dim.slice(1).map(({ dim_value }) => dim_value);
  const shapes = new Map([[image.name, inputShape]]);
  const uses = countUses(graph.node);
  const same = new Map(); // names of what is already there under another name
  const layers = [];
  const viewOf = (node) => {
    const input = node.input.map((name) => same.get(name) ?? name);
    return {
      name: node.name,
      input,
      attributes: attributesOf(node),
      shape: (i) => shapes.get(input[i]),
      constant: (i) => (tensors.has(input[i]) ? readTensor(tensors.get(input[i])) : undefined),
    };
  };
  for (const node of graph.node) {
    const [output] = node.output;
    const view = viewOf(node);
    if (idle.has(node.op_type) || (node.op_type === 'Cast' && tensors.has(view.input[0]))) {
      same.set(output, view.input[0]);
      // Whoever reads the second name reads the first.
      uses.set(view.input[0], uses.get(view.input[0]) - 1 + (uses.get(output) ?? 0));
    } else if (node.op_type in clampMakers) {
      shapes.set(output, clampLayer(layers, node, view, uses).shape);
    } else if (node.op_type in layerMakers) {
      const layer = layerMakers[node.op_type](view);
      layers.push({ ...layer, name: node.name, inputs: view.input.filter((name) => shapes.has(name)), output });
      shapes.set(output, layer.shape);
    } else {
      throw unknown(node);
    }
  }
  for (const layer of layers) layer.isGated = layers.some(({ output, clamp }) => output === layer.inputs[0] && clamp);
  return { input: image.name, inputShape, shapes, layers, classes: layers.at(-1).shape[0] };
}

/** [A, B, rest] -> [B, A, rest], each rest turned round if asked: weights of a convolution for its gradient. */
export function swapped(weights, a, b, rest, turn) {
  const result = new Float32Array(weights.length);
  for (let i = 0; i < a; ++i) {
    for (let j = 0; j < b; ++j) {
      for (let k = 0; k < rest; ++k) {
        result[(j * a + i) * rest + (turn ? rest - 1 - k : k)] = weights[(i * b + j) * rest + k];
      }
    }
  }
  return result;
}

// networks.json as one row a network, and the packages of Python that a family needs.
import { readFileSync } from 'node:fs';

const needs = {
  torchvision: ['torch', 'torchvision', 'onnx', 'onnxscript'],
  timm: ['torch', 'timm', 'onnx', 'onnxscript'],
  keras: ['keras', 'tf2onnx', 'onnx'],
  onnx: ['torch', 'onnx'],
};

export const families = Object.keys(needs);

/** [{ family, name, size, options, heavy }]; `heavy` says why a network runs only by name. */
export function readNetworks() {
  const lists = JSON.parse(readFileSync(new URL('./networks.json', import.meta.url), 'utf8'));
  return families.flatMap((family) =>
    lists[family].flatMap(({ names, size, options = {}, heavy }) =>
      names.flatMap((line) => line.split(' ')).map((name) => ({ family, name, size, options, heavy })),
    ),
  );
}

/** Which packages of those that a family needs are not there. */
export const missing = (family, packages) => needs[family].filter((name) => packages[name] === undefined);

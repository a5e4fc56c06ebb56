"""PyTorch and captum as contenders of the benchmark: `peer.py list`, or `peer.py run KIND` and then lines of JSON on standard input.

The network is read from the same ONNX file (batch-norm is folded in it) and built of torch.nn modules. One sample is noise
(made beforehand, which helps PyTorch), a forward pass and the gradient of one logit with respect to the input.
"""

import base64
import importlib.util
import json
import sys
import time

import numpy as np

# kind: title, networks, images that go through together, channels last, torch.compile, captum
BOTH = ['efficientnet-lite0', 'mnist']
KINDS = {
    'pytorch': ('PyTorch eager', BOTH, 1, False, False, False),
    'pytorch-8': ('PyTorch eager, batch 8', BOTH, 8, False, False, False),
    'pytorch-compiled': ('PyTorch channels-last, torch.compile', ['efficientnet-lite0'], 1, True, True, False),
    'captum': ('captum NoiseTunnel(Saliency)', ['efficientnet-lite0'], 1, False, False, True),
    'captum-64': ('captum NoiseTunnel(Saliency), batch 64', ['mnist'], 64, False, False, True),
}


def available():
    has = {name: importlib.util.find_spec(name) is not None for name in ('torch', 'onnx', 'captum')}
    if not (has['torch'] and has['onnx']):
        return []
    return [
        {'kind': kind, 'title': title, 'networks': networks}
        for kind, (title, networks, *_, captum) in KINDS.items()
        if has['captum'] or not captum
    ]


def read_module(model):
    """An ONNX model of Conv, Clip, Relu, MaxPool, Add, GlobalAveragePool, Flatten and Gemm as a torch.nn.Module."""
    import torch
    from onnx import helper, numpy_helper
    from torch import nn
    from torch.nn import functional

    constants = {t.name: torch.from_numpy(numpy_helper.to_array(t).astype(np.float32)) for t in model.graph.initializer}

    class Network(nn.Module):
        def __init__(self):
            super().__init__()
            self.steps = []  # (output, function, inputs)
            for node in model.graph.node:
                self.add(node, {a.name: helper.get_attribute_value(a) for a in node.attribute})

        def weights(self, node):
            values = [nn.Parameter(constants[name], requires_grad=False) for name in node.input[1:3]]
            for name, value in zip('wb', values):
                self.register_parameter(f'{node.name}_{name}'.replace('.', '_'), value)
            return values

        def add(self, node, attributes):
            if node.op_type == 'Cast':
                constants[node.output[0]] = constants[node.input[0]]
                return
            inputs = [name for name in node.input if name not in constants]
            self.steps.append((node.output[0], getattr(self, node.op_type)(node, attributes), inputs))

        def Conv(self, node, attributes):
            weight, bias = self.weights(node)
            top, left, bottom, right = attributes.get('pads', [0, 0, 0, 0])
            stride, groups = attributes.get('strides', [1, 1]), attributes.get('group', 1)
            if (top, left) == (bottom, right):
                return lambda x: functional.conv2d(x, weight, bias, stride, (top, left), 1, groups)
            return lambda x: functional.conv2d(functional.pad(x, (left, right, top, bottom)), weight, bias, stride, 0, 1, groups)

        def Gemm(self, node, _):
            weight, bias = self.weights(node)
            return lambda x: functional.linear(x, weight, bias)

        def MaxPool(self, _, attributes):
            return lambda x: functional.max_pool2d(x, attributes['kernel_shape'], attributes['strides'])

        def Clip(self, *_):
            return functional.relu6

        def Relu(self, *_):
            return functional.relu

        def Add(self, *_):
            return lambda a, b: a + b

        def GlobalAveragePool(self, *_):
            return lambda x: x.mean((2, 3), keepdim=True)

        def Flatten(self, *_):
            return lambda x: x.flatten(1)

        def forward(self, image):
            values = {model.graph.input[0].name: image}
            for output, function, inputs in self.steps:
                values[output] = function(*(values[name] for name in inputs))
            return values[output]

    return Network().eval()


class Contender:
    def __init__(self, kind, onnx, input, shape, target, threads):
        import onnx as onnx_package
        import torch

        _, _, self.batch, channels_last, compiled, captum = KINDS[kind]
        torch.set_num_threads(threads)
        self.torch, self.target = torch, target
        self.image = torch.from_numpy(np.frombuffer(base64.b64decode(input), np.float32).reshape(shape).copy())
        self.noise = 0.3 * torch.randn(self.batch, *shape[1:])
        network = read_module(onnx_package.load_model_from_string(base64.b64decode(onnx)))
        if channels_last:
            network = network.to(memory_format=torch.channels_last)
            self.image = self.image.to(memory_format=torch.channels_last)
            self.noise = self.noise.to(memory_format=torch.channels_last)
        self.network = torch.compile(network) if compiled else network
        self.captum = captum

    def one(self, image):
        image = image.detach().requires_grad_(True)
        return self.torch.autograd.grad(self.network(image)[:, self.target].sum(), image)[0]

    def gradient(self):
        return base64.b64encode(self.one(self.image).contiguous().numpy().tobytes()).decode()

    def time(self, samples):
        begin = time.perf_counter()
        if self.captum:
            from captum.attr import NoiseTunnel, Saliency

            NoiseTunnel(Saliency(self.network)).attribute(
                self.image, nt_samples=samples, nt_samples_batch_size=min(samples, self.batch), stdevs=0.3, target=self.target
            )
            return 1e3 * (time.perf_counter() - begin)
        batches = -(-samples // self.batch)
        for _ in range(batches):
            self.one(self.image + self.noise)
        return 1e3 * (time.perf_counter() - begin) * samples / (batches * self.batch)


def main():
    if sys.argv[1] == 'list':
        print(json.dumps(available()), flush=True)
        return
    contender = Contender(sys.argv[2], **json.loads(sys.stdin.readline()))
    print(json.dumps('ready'), flush=True)
    for line in sys.stdin:
        call = json.loads(line)
        print(json.dumps(getattr(contender, call.pop('method'))(**call)), flush=True)


main()

"""An ONNX file as a PyTorch network: the operators of ONNX's light models, in either precision. Shares nothing with the engine."""

import copy

import onnx
import torch
import torch.nn.functional as F
from onnx import helper, numpy_helper

SAME_ROUNDING = 1e-5
ENDINGS = ('Softmax', 'LogSoftmax')  # explained before them


def padded(x: torch.Tensor, attributes: dict, value: float) -> torch.Tensor:
    top, left, bottom, right = attributes.get('pads', [0, 0, 0, 0])
    return F.pad(x, (left, right, top, bottom), value=value)


def conv(a, x, weight, bias=None):
    x = padded(x, a, 0)
    return F.conv2d(x, weight, bias, a.get('strides', [1, 1]), 0, a.get('dilations', [1, 1]), a.get('group', 1))


def max_pool(a, x):
    return F.max_pool2d(padded(x, a, -torch.inf), a['kernel_shape'], a.get('strides', [1, 1]))


def average_pool(a, x):
    ones = padded(torch.ones_like(x[:, :1]), a, a.get('count_include_pad', 0))
    sizes = a['kernel_shape'], a.get('strides', [1, 1])
    return F.avg_pool2d(padded(x, a, 0), *sizes) / F.avg_pool2d(ones, *sizes)


def lrn(a, x):
    size = a['size']
    before, after = (size - 1) // 2, size // 2
    squares = F.pad(x * x, (0, 0, 0, 0, before, after))
    total = sum(squares[:, k : k + x.shape[1]] for k in range(size))
    return x / (a.get('bias', 1.0) + a.get('alpha', 1e-4) / size * total) ** a.get('beta', 0.75)


def gemm(a, x, y, bias=0):
    x = x.T if a.get('transA') else x
    y = y.T if a.get('transB') else y
    return a.get('alpha', 1.0) * (x @ y) + a.get('beta', 1.0) * bias


def batch_norm(a, x, scale, bias, mean, variance):
    return F.batch_norm(x, mean, variance, scale, bias, eps=a.get('epsilon', 1e-5))


def reshape(_, x, shape):
    return x.reshape([x.shape[k] if size == 0 else size for k, size in enumerate(shape.tolist())])


def unsqueeze(a, x):
    for axis in sorted(a['axes']):
        x = x.unsqueeze(axis)
    return x


OPERATORS = {
    'Add': lambda _, x, y: x + y,
    'AveragePool': average_pool,
    'BatchNormalization': batch_norm,
    'Concat': lambda a, *x: torch.cat(x, a['axis']),
    'Conv': conv,
    'Dropout': lambda _, x: x,
    'Gemm': gemm,
    'GlobalAveragePool': lambda _, x: x.mean((2, 3), keepdim=True),
    'LRN': lrn,
    'MaxPool': max_pool,
    'Mul': lambda _, x, y: x * y,
    'Relu': lambda _, x: x.relu(),
    'Reshape': reshape,
    'Softmax': lambda a, x: x.flatten(a.get('axis', 1)).softmax(1).view_as(x),
    'Sum': lambda _, *x: sum(x),
    'Transpose': lambda a, x: x.permute(a['perm']),
    'Unsqueeze': unsqueeze,
}


class OnnxInTorch(torch.nn.Module):
    """The value before a final Softmax as [1, classes]."""

    def __init__(self, model: onnx.ModelProto):
        super().__init__()
        self.constants: dict[str, str] = {}
        for tensor in model.graph.initializer:
            self.keep(tensor.name, torch.from_numpy(numpy_helper.to_array(tensor).copy()))
        self.steps = []
        for node in model.graph.node:
            attributes = {a.name: helper.get_attribute_value(a) for a in node.attribute}
            if node.op_type == 'ConstantOfShape':
                shape = self.get_buffer(self.constants[node.input[0]]).tolist()
                value = float(numpy_helper.to_array(attributes['value']).flatten()[0])
                self.keep(node.output[0], torch.full(shape, value))
            elif node.op_type not in OPERATORS:
                raise ValueError(f'onnx_in_torch.py has no {node.op_type}')
            else:
                self.steps.append((OPERATORS[node.op_type], attributes, list(node.input), node.output[0]))
        self.image = next(i.name for i in model.graph.input if len(i.type.tensor_type.shape.dim) == 4 and i.name not in self.constants)
        self.result = model.graph.output[0].name
        last = next(n for n in model.graph.node if self.result in n.output)
        if last.op_type in ENDINGS:
            self.result = last.input[0]

    def rounded(self, seed: int) -> 'OnnxInTorch':
        """A copy whose convolutions are off as float32 sums of thousands of products are, where all channels have the same weights:
        by the same in all of them, so that nothing averages out."""
        generator = torch.Generator().manual_seed(seed)

        def off(a, *inputs):
            values = conv(a, *inputs)
            noise = torch.randn(1, 1, *values.shape[2:], generator=generator, dtype=values.dtype)
            return values * (1 + SAME_ROUNDING * noise)

        copied = copy.deepcopy(self)
        copied.steps = [(off if function is conv else function, *rest) for function, *rest in self.steps]
        return copied

    def keep(self, name: str, tensor: torch.Tensor) -> None:
        self.constants[name] = f'constant{len(self.constants)}'
        self.register_buffer(self.constants[name], tensor)

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        values = {name: self.get_buffer(buffer) for name, buffer in self.constants.items()}
        values[self.image] = image
        for function, attributes, inputs, output in self.steps:
            values[output] = function(attributes, *(values[name] for name in inputs))
        return values[self.result].flatten(1)

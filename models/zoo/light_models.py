"""ONNX's light models (in the onnx wheel): real graphs of 2017, their weights made by ConstantOfShape; also with He's weights."""

import pathlib

import onnx
import torch
from onnx import helper, numpy_helper

from weights import draw_he, draw_mean, draw_scale

FOLDER = pathlib.Path(onnx.__file__).parent / 'backend/test/data/light'


def roles(model: onnx.ModelProto) -> dict[str, str]:
    """What a constant is used for, where that is not a bias."""
    used: dict[str, str] = {}
    for node in model.graph.node:
        for position, name in enumerate(node.input):
            if node.op_type == 'BatchNormalization' and position in (1, 4):
                used[name] = 'scale'
            if node.op_type == 'Unsqueeze' and 'bn_w' in name:
                used[name] = 'scale'
    return used


def with_he_weights(model: onnx.ModelProto) -> onnx.ModelProto:
    """Every ConstantOfShape becomes an initialiser of random numbers."""
    generator = torch.Generator().manual_seed(1)
    shapes = {t.name: numpy_helper.to_array(t).tolist() for t in model.graph.initializer if t.name.endswith('__SHAPE')}
    used = roles(model)
    nodes, drawn = [], []
    for node in model.graph.node:
        if node.op_type != 'ConstantOfShape':
            nodes.append(node)
            continue
        shape = tuple(shapes[node.input[0]])
        draw = draw_he if len(shape) > 1 else draw_scale if used.get(node.output[0]) == 'scale' else draw_mean
        drawn.append(numpy_helper.from_array(draw(shape, generator).numpy(), node.output[0]))
    kept = [t for t in model.graph.initializer if t.name not in shapes]
    image = [i for i in model.graph.input if i.name not in {t.name for t in kept} and i.name not in shapes]
    graph = helper.make_graph(nodes, model.graph.name, image, model.graph.output, kept + drawn)
    return helper.make_model(graph, opset_imports=model.opset_import, ir_version=8)


def load(name: str) -> dict[str, onnx.ModelProto]:
    """-> {way: model}."""
    model = onnx.load(FOLDER / f'{name}.onnx')
    return {'as it is': model, 'He weights': with_he_weights(model)}

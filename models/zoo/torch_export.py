"""A PyTorch network as an ONNX file, by either exporter, its batch of fixed size 1 or open."""

import pathlib
import warnings

import torch

EXPORTERS = ('dynamo', 'torchscript')
BATCHES = ('static', 'open')


def export(network: torch.nn.Module, shape: tuple[int, ...], exporter: str, batch: str, path: pathlib.Path) -> None:
    """dynamo writes path and path.data, as it does by itself. shape: [1, C, H, W]."""
    is_open = batch == 'open'
    image = torch.zeros(2 if is_open else 1, *shape[1:])
    names = {'input_names': ['image'], 'output_names': ['logits']}
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        if exporter == 'dynamo':
            free = ({0: torch.export.Dim('batch')},) if is_open else None
            torch.onnx.export(network, (image,), str(path), dynamo=True, dynamic_shapes=free, verbose=False, **names)
        else:
            free = {'image': {0: 'batch'}, 'logits': {0: 'batch'}} if is_open else None
            torch.onnx.export(network, (image,), str(path), dynamo=False, dynamic_axes=free, **names)

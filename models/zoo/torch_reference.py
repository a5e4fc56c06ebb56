"""PyTorch as the oracle."""

import copy

import numpy
import torch

from reference import Differentiate, Reference, search


def differentiate(network: torch.nn.Module, dtype: torch.dtype) -> Differentiate:
    def of(image: numpy.ndarray, target: int | None):
        leaf = torch.from_numpy(image).to(dtype).requires_grad_()
        logits = network(leaf)
        chosen = int(logits[0].argmax()) if target is None else target
        (gradient,) = torch.autograd.grad(logits[0, chosen], leaf)
        return logits.detach().numpy(), gradient.numpy(), chosen

    return of


def torch_reference(network: torch.nn.Module, shape: tuple[int, ...]) -> Reference:
    double = copy.deepcopy(network).double()
    return search(differentiate(double, torch.float64), differentiate(network, torch.float32), shape)

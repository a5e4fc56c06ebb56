"""PyTorch as the oracle.

An input is away from kinks where the gradient stays in float32, and also in float64 with weights that are a little off, as they are
after an exporter has folded batch-norm into convolutions in float32.
"""

import copy

import numpy
import torch

from reference import ROUNDING, Differentiate, Reference, search

DRAWS = 2


def differentiate(network: torch.nn.Module, dtype: torch.dtype) -> Differentiate:
    def of(image: numpy.ndarray, target: int | None):
        leaf = torch.from_numpy(image).to(dtype).requires_grad_()
        logits = network(leaf)
        chosen = int(logits[0].argmax()) if target is None else target
        (gradient,) = torch.autograd.grad(logits[0, chosen], leaf)
        return logits.detach().numpy(), gradient.numpy(), chosen

    return of


@torch.no_grad()
def slightly_off(network: torch.nn.Module, seed: int) -> torch.nn.Module:
    """A copy whose weights carry the error of some roundings to float32."""
    copied = copy.deepcopy(network)
    generator = torch.Generator().manual_seed(seed)
    for values in copied.state_dict().values():
        if values.is_floating_point():
            values.mul_(1 + ROUNDING * torch.randn(values.shape, generator=generator, dtype=values.dtype))
    return copied


def torch_reference(network: torch.nn.Module, shape: tuple[int, ...]) -> Reference:
    double = copy.deepcopy(network).double()
    off = [differentiate(slightly_off(double, seed), torch.float64) for seed in range(DRAWS)]
    others = [differentiate(network, torch.float32), *off]
    return search(differentiate(double, torch.float64), others, shape)

"""PyTorch as the oracle.

An input is away from kinks where the gradient stays in float32, and also in float64 with weights that are a little off, as they are
after an exporter has folded batch-norm into convolutions in float32.
"""

import copy
from collections.abc import Sequence

import numpy
import torch

from reference import ROUNDING, Differentiate, Reference, search

DRAWS = 4
BATCH_NORM = torch.nn.modules.batchnorm._BatchNorm


class GradientLiesAsOutput(torch.autograd.Function):
    """A copy, whose gradient arrives in the order of memory that the values have."""

    @staticmethod
    def forward(ctx, values: torch.Tensor) -> torch.Tensor:
        ctx.size, ctx.stride = values.size(), values.stride()
        return values.clone()

    @staticmethod
    def backward(ctx, gradient: torch.Tensor) -> torch.Tensor:
        return gradient.new_empty_strided(ctx.size, ctx.stride).copy_(gradient)


def put_right(network: torch.nn.Module) -> torch.nn.Module:
    """A copy in which batch-norm has gradients as they should be: PyTorch 2.15's, in evaluation mode, are wrong where the gradient
    that arrives lies otherwise than the input, as it does in front of flatten(2).transpose(1, 2)."""
    copied = copy.deepcopy(network)
    for module in copied.modules():
        if isinstance(module, BATCH_NORM):
            module.register_forward_hook(lambda _module, _inputs, output: GradientLiesAsOutput.apply(output))
    return copied


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


def torch_reference(network: torch.nn.Module, shape: tuple[int, ...], rounded: Sequence[torch.nn.Module] = ()) -> Reference:
    """rounded: networks that compute the same but for roundings of another kind than those of weights."""
    single = put_right(network)
    double = copy.deepcopy(single).double()
    off = [differentiate(slightly_off(double, seed), torch.float64) for seed in range(DRAWS)]
    off += [differentiate(copy.deepcopy(other).double(), torch.float64) for other in rounded]
    others = [differentiate(single, torch.float32), *off]
    return search(differentiate(double, torch.float64), others, shape)

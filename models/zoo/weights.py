"""Random weights as a trained network could have them: He's for convolutions and products, normalisation as lived in.

Batch-norm's running statistics are those of random images, a little off, as they are after training: with statistics that have
nothing to do with what arrives, deep networks amplify the last bit of float32 until no two computations of a gradient agree.
"""

import torch
from torch import nn

NORMALISATIONS = (nn.modules.batchnorm._NormBase, nn.GroupNorm, nn.LayerNorm)


def draw_he(shape: tuple[int, ...], generator: torch.Generator) -> torch.Tensor:
    """Normal numbers of variance 2 / fan in, for [out, in...]."""
    fan_in = max(1, torch.Size(shape[1:]).numel())
    return torch.randn(shape, generator=generator) * (2 / fan_in) ** 0.5


def draw_mean(shape: tuple[int, ...], generator: torch.Generator) -> torch.Tensor:
    return torch.randn(shape, generator=generator) * 0.1


def draw_scale(shape: tuple[int, ...], generator: torch.Generator) -> torch.Tensor:
    return torch.rand(shape, generator=generator) * 1.5 + 0.5


def is_constant(values: torch.Tensor) -> bool:
    return bool((values == values.flatten()[0]).all())


@torch.no_grad()
def live(network: nn.Module, images: torch.Tensor, generator: torch.Generator) -> None:
    """Sets running statistics to what arrives: means off by N(0, 0.1) deviations, variances times U(0.5, 2)."""

    def settle(norm: nn.modules.batchnorm._NormBase, inputs: tuple[torch.Tensor]) -> None:
        values = inputs[0].transpose(0, 1).flatten(1)
        variance = values.var(1) + 1e-6
        norm.running_mean.copy_(values.mean(1) + variance.sqrt() * draw_mean(variance.shape, generator))
        norm.running_var.copy_(variance * draw_scale(variance.shape, generator))

    norms = [m for m in network.modules() if isinstance(m, nn.modules.batchnorm._NormBase) and m.running_mean is not None]
    hooks = [norm.register_forward_pre_hook(settle) for norm in norms]
    network.eval()(images)
    for hook in hooks:
        hook.remove()


@torch.no_grad()
def draw_weights(network: nn.Module, size: int, seed: int = 1) -> None:
    """Overwrites the weights of a network. What is left at one number (a layer's scale, a class token) is moved off it."""
    generator = torch.Generator().manual_seed(seed)
    done: set[int] = set()
    for module in network.modules():
        for name, values in [*module.named_parameters(recurse=False), *module.named_buffers(recurse=False)]:
            if id(values) in done or not values.is_floating_point() or values.numel() == 0:
                continue
            done.add(id(values))
            if isinstance(module, NORMALISATIONS):
                draw = draw_scale if name in ('weight', 'running_var') else draw_mean
                values.copy_(draw(values.shape, generator))
            elif isinstance(module, (nn.Conv2d, nn.Linear)):
                values.copy_((draw_he if values.ndim > 1 else draw_mean)(values.shape, generator))
            elif isinstance(values, nn.Parameter) and is_constant(values):
                values.add_(draw_mean(values.shape, generator))
    live(network, torch.randn(4, 3, size, size, generator=generator), generator)

"""Networks of torchvision and timm, by name and with random weights."""

import torch

from weights import draw_weights


class Scores(torch.nn.Module):
    """The first output alone, where a network has several (Inception's auxiliary heads)."""

    def __init__(self, network: torch.nn.Module):
        super().__init__()
        self.network = network

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        output = self.network(image)
        return output if isinstance(output, torch.Tensor) else output[0]


def build(family: str, name: str, size: int, options: dict) -> torch.nn.Module:
    torch.manual_seed(0)
    if family == 'torchvision':
        import torchvision

        if name in ('googlenet', 'inception_v3'):
            options = {**options, 'aux_logits': False, 'init_weights': False}
        network = torchvision.models.get_model(name, weights=None, **options)
    else:
        import timm

        network = timm.create_model(name, pretrained=False, exportable=True, **options)
    draw_weights(network, size)
    return Scores(network).eval()

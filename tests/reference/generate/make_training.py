"""Makes tests/reference/training: three steps of Adam (learning rate 0.01) on one batch, in PyTorch, float64 rounded to float32.

Network: conv 5x5 (3), ReLU, max pool 2, conv 5x5 (4), ReLU, max pool 2, linear (6), ReLU, linear (5), on images [2, 16, 16].
"""

import pathlib

import numpy
import torch
from torch import nn

FOLDER = pathlib.Path(__file__).resolve().parent.parent / 'training'


def network():
    return nn.Sequential(
        nn.Conv2d(2, 3, 5), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(3, 4, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(4, 6), nn.ReLU(), nn.Linear(6, 5),
    ).double()  # fmt: skip


def save(path, array):
    (FOLDER / path).parent.mkdir(parents=True, exist_ok=True)
    numpy.save(FOLDER / path, array)


def save_layers(folder, model, of):
    """of(parameter) of every layer that has weights."""
    layers = [layer for layer in model if hasattr(layer, 'weight')]
    for number, layer in enumerate(layers):
        for part in ('weight', 'bias'):
            save(f'{folder}/layer{number}_{part}.npy', of(getattr(layer, part)).detach().numpy().astype(numpy.float32))


def main():
    torch.manual_seed(4)
    model = network()
    images = torch.rand(6, 2, 16, 16).float().double()
    labels = torch.tensor([0, 3, 4, 1, 2, 3])
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_((2 * parameter).float().double())  # as the file will hold it
    save('input.npy', images.numpy().astype(numpy.float32))
    save('labels.npy', labels.numpy().astype(numpy.uint8))
    save_layers('first', model, lambda parameter: parameter)
    optimiser = torch.optim.Adam(model.parameters(), lr=0.01)
    losses = []
    for step in range(1, 4):
        optimiser.zero_grad()
        loss = nn.functional.cross_entropy(model(images), labels)
        loss.backward()
        losses.append(loss.item())
        if step == 1:
            save_layers('gradient', model, lambda parameter: parameter.grad)
        optimiser.step()
        if step in (1, 3):
            save_layers(f'after_{step}', model, lambda parameter: parameter)
    save('losses.npy', numpy.array(losses, dtype=numpy.float32))
    print('losses', losses)


if __name__ == '__main__':
    main()

"""Networks of torchvision and timm by their names, with the zoo's random weights: exported, or timed beside the engine.

    by_name.py export FOLDER NAME...   writes FOLDER/NAME.onnx (and NAME.onnx.data), those that are not there
    by_name.py run FILE                says the versions, and then a line of JSON for each line of standard input: a round

FILE is called after its network. A round is one forward and one backward pass in PyTorch (eager, one thread), and one forward pass in
onnxruntime where the venv has it, on an image of noise.
"""

import json
import pathlib
import sys
import time

import torch

ZOO = pathlib.Path(__file__).resolve().parents[3] / 'models/zoo'
sys.path.insert(0, str(ZOO))

from torch_export import export  # noqa: E402
from torch_networks import build  # noqa: E402


def family_of(name):
    """Nothing where nobody knows the name."""
    import timm
    import torchvision

    if name in torchvision.models.list_models():
        return 'torchvision'
    return 'timm' if timm.is_model(name) else None


def size_of(name):
    """299 for the Inceptions of both."""
    return 299 if name.startswith('inception_') and 'next' not in name else 224


def export_all(folder, names):
    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    for name in names:
        path, size = pathlib.Path(folder) / f'{name}.onnx', size_of(name)
        if not path.exists():
            export(build(family_of(name), name, size, {}), (1, 3, size, size), 'dynamo', 'static', path)
            print(path, flush=True)


def versions():
    """By title, of what this venv has; without what a build adds to them."""
    found = {'PyTorch': torch.__version__.split('+')[0]}
    try:
        import onnxruntime

        found['onnxruntime'] = onnxruntime.__version__
    except ImportError:
        pass
    return found


class Contender:
    def __init__(self, file):
        path = pathlib.Path(file)
        size, family = size_of(path.stem), family_of(path.stem)
        self.image = torch.randn(1, 3, size, size)
        self.network = build(family, path.stem, size, {}) if family else None
        self.session = self.open_session(path)

    def open_session(self, path):
        try:
            import onnxruntime
        except ImportError:
            return None
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        return onnxruntime.InferenceSession(str(path), options, providers=['CPUExecutionProvider'])

    def both_ways(self):
        image = self.image.requires_grad_()
        torch.autograd.grad(self.network(image)[0, 0], image)

    def forward(self):
        port = self.session.get_inputs()[0]
        self.session.run(None, {port.name: self.image.detach().numpy()})

    def round(self):
        """Milliseconds, of what there is."""
        work = {'pytorch': self.network and self.both_ways, 'native': self.session and self.forward}
        times = {}
        for name, run in work.items():
            if run:
                begin = time.perf_counter()
                run()
                times[name] = 1e3 * (time.perf_counter() - begin)
        return times


def main():
    torch.set_num_threads(1)
    if sys.argv[1] == 'export':
        return export_all(*sys.argv[2:3], sys.argv[3:])
    contender = Contender(sys.argv[2])
    print(json.dumps(versions()), flush=True)
    for _ in sys.stdin:
        print(json.dumps(contender.round()), flush=True)


if __name__ == '__main__':
    main()

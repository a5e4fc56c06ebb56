"""Makes the further photos of the study from the wheels of scikit-learn 1.5.2 and SciPy 1.9.3, with Pillow 13.0.0:

pip install pillow==13.0.0
pip download --no-deps scikit-learn==1.5.2 scipy==1.9.3
python web/results/photos/make_photos.py scikit_learn-1.5.2-*.whl scipy-1.9.3-*.whl

The shorter side becomes 320 pixels: more than the network sees of it.
"""

import bz2
import io
import pathlib
import sys
import zipfile

from PIL import Image

HERE = pathlib.Path(__file__).resolve().parent
SIDE = 320


def decoded(data):
    return Image.open(io.BytesIO(data)).convert('RGB')


def raw(data):
    return Image.frombytes('RGB', (1024, 768), bz2.decompress(data))


learn, scipy = (zipfile.ZipFile(path) for path in sys.argv[1:])
PHOTOS = {
    'temple': decoded(learn.read('sklearn/datasets/images/china.jpg')),
    'flower': decoded(learn.read('sklearn/datasets/images/flower.jpg')),
    'raccoon': raw(scipy.read('scipy/misc/face.dat')),
}
for name, photo in PHOTOS.items():
    scale = SIDE / min(photo.size)
    output = HERE / f'{name}.webp'
    photo.resize([round(scale * side) for side in photo.size], Image.LANCZOS).save(output, quality=90, method=6)
    print(output.name, output.stat().st_size)

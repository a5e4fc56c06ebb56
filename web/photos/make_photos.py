"""Makes the sample photos from the wheel of scikit-image 0.26.0, with Pillow 13.0.0:

pip install pillow==13.0.0
pip download --no-deps scikit-image==0.26.0
python web/photos/make_photos.py scikit_image-0.26.0-*.whl

The cat is kept without loss, since results are compared on it; the rocket is kept byte for byte, a JPEG already.
"""

import io
import pathlib
import sys
import zipfile

from PIL import Image

HERE = pathlib.Path(__file__).resolve().parent
LOSSLESS = {'lossless': True, 'quality': 100}
PHOTOS = {
    'chelsea.png': LOSSLESS,
    'coffee.png': {'quality': 90},
    'rocket.jpg': None,
    'camera.png': {'quality': 90},
    'astronaut.png': {'quality': 90},
}

with zipfile.ZipFile(sys.argv[1]) as wheel:
    for name, options in PHOTOS.items():
        data = wheel.read(f'skimage/data/{name}')
        output = HERE / name
        if options is None:
            output.write_bytes(data)
        else:
            output = output.with_suffix('.webp')
            Image.open(io.BytesIO(data)).convert('RGB').save(output, method=6, **options)
        print(output.name, output.stat().st_size)

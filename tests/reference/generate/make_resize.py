"""Resized photos for tests/core/resize_test.cpp: python make_resize.py CHELSEA.PNG FOLDER (scikit-image's chelsea.png, CC0).

Pillow resizes regions of the photo to the shorter side wished (bicubic, antialiased), and the middle is cut out.
photo.npy is the part of the photo that the regions are taken from; everything is uint8, [H, W, 3].
"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image

# name: region of the photo (x, y, width, height), shorter side, crop (width, height); as in the test's table
CASES = {
    'reduced': ((0, 0, 150, 101), 40, (32, 32)),
    'reduced_strongly': ((0, 0, 150, 101), 7, (7, 7)),
    'enlarged': ((20, 10, 60, 47), 131, (112, 112)),
    'odd': ((3, 5, 97, 83), 57, (41, 55)),
    'same_size': ((10, 20, 64, 64), 64, (64, 64)),
    'slightly_reduced': ((10, 20, 65, 65), 64, (63, 63)),
    'tall': ((70, 0, 3, 101), 20, (20, 20)),
    'flat': ((0, 60, 150, 2), 24, (24, 20)),
    'one_pixel': ((75, 50, 1, 1), 10, (9, 9)),
    'crop_taller_than_resized': ((0, 0, 60, 40), 30, (30, 50)),  # 45 x 30 would not do: 75 x 50
}


def resize_and_crop(photo, shorter, crop):
    width, height = photo.size
    factor = max(shorter / min(width, height), crop[0] / width, crop[1] / height)
    width, height = int(width * factor + 0.5), int(height * factor + 0.5)
    left, top = (width - crop[0]) // 2, (height - crop[1]) // 2
    resized = photo.resize((width, height), Image.Resampling.BICUBIC)
    return resized.crop((left, top, left + crop[0], top + crop[1]))


def main(chelsea, folder):
    photo = Image.open(chelsea).convert('RGB').crop((100, 60, 250, 161))
    np.save(folder / 'photo.npy', np.asarray(photo))
    for name, ((x, y, width, height), shorter, crop) in CASES.items():
        region = photo.crop((x, y, x + width, y + height))
        np.save(folder / f'{name}.npy', np.asarray(resize_and_crop(region, shorter, crop)))


if __name__ == '__main__':
    main(sys.argv[1], Path(sys.argv[2]))

"""SmoothGrad over data sets: a Ray dataset of photos to one of results, and one photo over many machines."""

from .command import SmoothGradError
from .dataset import explain
from .one_photo import explain_one

__all__ = ["SmoothGradError", "explain", "explain_one"]

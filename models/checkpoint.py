"""Reads PyTorch's older, non-zip checkpoint format without PyTorch: five pickles in a row, then the storages' raw numbers.

    magic, protocol 1001, system facts, the state dict, the storage keys in order; then per storage int64 count, data

The unpickler knows four names and refuses every other, so a checkpoint cannot run code.
"""

import collections
import io
import pickle
import struct

import numpy

MAGIC = 0x1950A86A20F9469CFC6C
PROTOCOL = 1001
ELEMENT_TYPES = {'FloatStorage': '<f4', 'LongStorage': '<i8'}


class _Storage:
    """One flat block of numbers; its data follow after all pickles."""

    def __init__(self, element_type, count):
        self.element_type = element_type
        self.count = count
        self.data = None


class _View:
    """A tensor: a strided view (in elements) of a storage, cut out once the storages are read."""

    def __init__(self, storage, offset, shape, strides, *_):
        self.storage, self.offset, self.shape, self.strides = storage, offset, shape, strides

    def array(self):
        data = self.storage.data
        last = self.offset + sum((size - 1) * stride for size, stride in zip(self.shape, self.strides))
        if min((self.offset, *self.strides, *self.shape)) < 0 or last >= data.size:
            raise ValueError(f'a tensor of shape {self.shape} reaches outside of its storage')
        strides = [stride * data.itemsize for stride in self.strides]
        return numpy.lib.stride_tricks.as_strided(data[self.offset :], self.shape, strides).copy()


class _Unpickler(pickle.Unpickler):
    def __init__(self, file):
        super().__init__(file)
        self.storages = {}

    def find_class(self, module, name):
        known = {
            ('collections', 'OrderedDict'): collections.OrderedDict,
            ('torch._utils', '_rebuild_tensor_v2'): _View,
            **{('torch', storage): storage for storage in ELEMENT_TYPES},
        }
        if (module, name) not in known:
            raise pickle.UnpicklingError(f'{module}.{name} has no place in a checkpoint of tensors')
        return known[module, name]

    def persistent_load(self, reference):
        kind, storage_type, key, _device, count, view = reference
        if kind != 'storage' or view is not None:
            raise pickle.UnpicklingError(f'unknown reference {reference!r}')
        return self.storages.setdefault(key, _Storage(ELEMENT_TYPES[storage_type], count))


def read_checkpoint(data):
    """bytes of the checkpoint -> {name: numpy array}. Raises ValueError or pickle.UnpicklingError on anything else."""
    file = io.BytesIO(data)
    if _Unpickler(file).load() != MAGIC or _Unpickler(file).load() != PROTOCOL:
        raise ValueError('not a PyTorch checkpoint of the older format (protocol 1001)')
    _Unpickler(file).load()  # sizes of C types on the writer's machine
    unpickler = _Unpickler(file)
    state = unpickler.load()
    for key in _Unpickler(file).load():
        storage = unpickler.storages[key]
        (count,) = struct.unpack('<q', file.read(8))
        if count != storage.count:
            raise ValueError(f'storage {key} has {count} elements where {storage.count} were announced')
        size = count * numpy.dtype(storage.element_type).itemsize
        storage.data = numpy.frombuffer(file.read(size), storage.element_type)
        if storage.data.size != count:
            raise ValueError('the checkpoint is truncated')
    return {name: view.array() for name, view in state.items()}

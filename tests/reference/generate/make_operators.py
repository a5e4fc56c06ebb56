"""Makes tests/reference/operators: python3 make_operators.py [NAME...] in a venv with requirements.txt; else all of them.

A case's numbers depend only on its name, or on the seed that it takes, so that adding one leaves the others as they are.
"""

import sys
import zlib

import torch

import activations
import attention
import axes
import exported
import functions
import gathers
import moves
import normalisations
import operands
import products
import quantised
import ranks
import reductions
import resizes
import signals
import structure
import windows
from network_pair import OPERATORS, write_case

MODULES = (
    *(windows, activations, structure, functions, operands, reductions, moves, resizes),
    *(ranks, products, attention, normalisations, axes, gathers, signals, quantised),
)
CASES = {name: case for module in MODULES for name, case in module.CASES.items()}

torch.set_num_threads(1)
for name in sys.argv[1:] or [*CASES, *exported.CASES]:
    write, case = (write_case, CASES[name]) if name in CASES else (exported.write_network, exported.CASES[name])
    write(OPERATORS / name, **{'seed': zlib.crc32(name.encode()), **case})
    print(name)

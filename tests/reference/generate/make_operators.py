"""Makes tests/reference/operators: python3 make_operators.py [NAME...] in a venv with requirements.txt; else all of them.

A case's numbers depend only on its name, so that adding one leaves the others as they are.
"""

import sys
import zlib

import torch

import activations
import functions
import moves
import operands
import reductions
import resizes
import structure
import windows
from network_pair import OPERATORS, write_case

MODULES = (windows, activations, structure, functions, operands, reductions, moves, resizes)
CASES = {name: case for module in MODULES for name, case in module.CASES.items()}

torch.set_num_threads(1)
for name in sys.argv[1:] or CASES:
    write_case(OPERATORS / name, seed=zlib.crc32(name.encode()), **CASES[name])
    print(name)

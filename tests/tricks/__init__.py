"""Tricks with photos as they are played in practice, each beside honest pictures that look like it.

`python -m tests.tricks` judges them all with the server's own functions and writes docs/evidence.md.
"""

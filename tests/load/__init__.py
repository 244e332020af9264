"""Timings against the floors. Nothing here asserts a time: machines differ, and compare within one run only."""

"""Benchmarks: ratios against a baseline in the same run, medians of five or more."""

"""Kernels and report workers that start warm: forked from a small server that has the libraries loaded, cold when in doubt."""

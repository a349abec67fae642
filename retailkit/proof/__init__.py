"""The proof of a notebook: run afresh, it shows what is stored in it, and it is tidy.

The judge is nbval, which compares every output of every cell, in a process of its own.
What it finds is told in sentences.
"""

from retailkit.proof.findings import Finding, Report
from retailkit.proof.prove import prove

__all__ = ["Finding", "Report", "prove"]

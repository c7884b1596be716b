"""Whether lessons can run on this computer: facts, findings, remedies. It changes nothing."""

from checker.doctor.asking import gather
from checker.doctor.findings import Facts, Finding, PortFact
from checker.doctor.judges import findings

__all__ = ["Facts", "Finding", "PortFact", "findings", "gather"]

"""Games in the formats of other programs."""

from deterrence.interchange.efg import to_efg, write_efg

__all__ = ["to_efg", "write_efg"]

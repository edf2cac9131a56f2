"""What another process of ours takes of the machine's memory."""

from __future__ import annotations

import psutil

__all__ = ["resident_bytes"]


def resident_bytes(process_id: int | None) -> int:
    """Resident memory of a process in bytes; 0 where there is no such process."""
    if process_id is None:
        return 0
    try:
        return int(psutil.Process(process_id).memory_info().rss)
    except psutil.Error:
        return 0  # it has just ended

"""What workers are called, and whether one that ran on this machine still does.

Whoever starts anew after a crash should not have to wait for the lease of the one that crashed. On Linux a name says
which process of which boot it is, so that a process that is gone is known to be; elsewhere leases are waited for.
"""

import os
import secrets
from pathlib import Path

from bot.announcing.means import Names

_PROC = Path("/proc")


def names(proc: Path = _PROC) -> Names:
    """Return the names of workers in this process.

    Args:
        proc: where the system tells of its processes.
    """
    machine = _machine(proc)
    own = f"{machine}:{os.getpid()}.{_started(os.getpid(), proc)}"
    return Names(lambda: f"{own}:{secrets.token_hex(4)}", lambda name: _is_dead(name, machine, proc))


def _is_dead(name: str, machine: str, proc: Path) -> bool:
    """Say whether a worker is known to be dead: it ran on this machine, and its process is not there any more."""
    where, _, rest = name.partition(":")
    number, _, started = rest.partition(":")[0].partition(".")
    if where != machine or where == _UNKNOWN or not number.isdecimal():
        return False
    return _started(int(number), proc) != started


_UNKNOWN = "elsewhere"


def _machine(proc: Path) -> str:
    """Return what no two machines that run at the same time share: this boot of it, and the processes that we can see.

    The numbers of processes mean the same within a namespace only; containers on one machine have one each.
    """
    try:
        boot = (proc / "sys/kernel/random/boot_id").read_text().strip().replace("-", "")
        return f"{boot}-{(proc / 'self/ns/pid').stat().st_ino}"
    except OSError:
        return _UNKNOWN


def _started(number: int, proc: Path) -> str:
    """Return when a process was started, in ticks since the boot; empty if there is none of this number.

    See proc_pid_stat(5): it is the 22nd field, the 20th after the name in parentheses, which can hold anything. A
    process that ended and was not yet waited for counts as none.
    """
    try:
        fields = (proc / str(number) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] in {"Z", "X"} else fields[19]

"""How long a first answer takes, as a whole process, beside a process that only imports SQLAlchemy.

Run with `python -m bench.startup`; goal: at most 1.5 times.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.timing import ms, p50, row, times

ROUNDS = 15


def main() -> None:
    """Print both medians and their ratio, the two taken in turn."""
    with tempfile.TemporaryDirectory() as folder:
        environ = {**os.environ, "DATABASE_URL": f"sqlite:///{Path(folder) / 'pprnet.db'}"}
        ask = [str(Path(sys.executable).with_name("pprnet")), "ask", "/pprnet latest"]
        bare = [sys.executable, "-c", "import sqlalchemy"]
        for command in (ask, bare):
            _run(command, environ)
        ours, theirs = [], []
        for _ in range(ROUNDS):
            ours += times(lambda: _run(ask, environ), 1)
            theirs += times(lambda: _run(bare, environ), 1)
    row("whole process, median of", str(ROUNDS))
    row('pprnet ask "/pprnet latest"', ms(p50(ours)))
    row('python -c "import sqlalchemy"', ms(p50(theirs)))
    row("ratio", f"{p50(ours) / p50(theirs):.2f}")


def _run(command: list[str], environ: dict[str, str]) -> None:
    subprocess.run(command, env=environ, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()

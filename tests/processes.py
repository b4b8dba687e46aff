"""`pprnet` as a process, for tests that start it, read its log and end it."""

import asyncio
import contextlib
import re
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

PROGRAM = str(Path(sys.executable).with_name("pprnet"))


class Running:
    """A process whose log is read as it comes."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.log = ""

    @property
    def address(self) -> str:
        """Where its web server listens."""
        found = re.search(r"listening at (\S+)", self.log)
        assert found, self.log
        return found[1]

    async def read_until(self, words: str) -> None:
        """Read the log until it says something."""
        assert self.process.stderr
        while words not in self.log:
            line = await self.process.stderr.readline()
            assert line, self.log
            self.log += line.decode()

    async def end(self, number: int = signal.SIGTERM) -> int:
        """Tell it to end, and return its exit code."""
        self.process.send_signal(number)
        return await self.ended()

    async def ended(self) -> int:
        """Wait until it ends by itself, and return its exit code."""
        _, rest = await self.process.communicate()
        self.log += rest.decode()
        assert self.process.returncode is not None
        return self.process.returncode


@contextlib.asynccontextmanager
async def running(folder: Path, environ: Mapping[str, str], *arguments: str) -> AsyncIterator[Running]:
    """Run `pprnet` in a folder for as long as the context lasts; it is killed if it runs longer."""
    process = await asyncio.create_subprocess_exec(
        PROGRAM, *arguments, cwd=folder, env=environ,
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        yield Running(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()

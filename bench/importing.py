"""How fast posts come in and how much memory that takes, beside SQLAlchemy alone writing the same rows.

Run with `python -m bench.importing`.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from adapters.sources.jsonlines import write_posts
from bench.posts import make_posts
from bench.timing import row

POSTS = 10_000

_BARE = """
import json, sys
from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, insert
metadata = MetaData()
posts = Table("posts", metadata, Column("id", String, primary_key=True), Column("post", String))
topics = Table("topics", metadata, Column("post", String, primary_key=True), Column("name", String, primary_key=True))
engine = create_engine(f"sqlite:///{sys.argv[2]}")
metadata.create_all(engine)
rows, labels = [], []
with open(sys.argv[1], encoding="utf-8") as lines:
    for line in lines:
        post = json.loads(line)
        rows.append({"id": post["id"], "post": line})
        labels += [{"post": post["id"], "name": topic["name"]} for topic in post["topics"]]
with engine.begin() as connection:
    connection.execute(insert(posts), rows)
    connection.execute(insert(topics), labels)
"""


def main() -> None:
    """Print posts a second and peak memory of both, and their ratios."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "posts.jsonl"
        source.write_text("\n".join(write_posts(make_posts(POSTS))) + "\n", encoding="utf-8")
        pprnet = str(Path(sys.executable).with_name("pprnet"))
        environ = {**os.environ, "DATABASE_URL": f"sqlite:///{Path(folder) / 'pprnet.db'}"}
        subprocess.run([pprnet, "migrate"], env=environ, check=True, stdout=subprocess.DEVNULL)
        bare = _measure([sys.executable, "-c", _BARE, str(source), str(Path(folder) / "bare.db")], environ)
        ours = _measure([pprnet, "import", str(source)], environ)
    row(f"{POSTS:,} posts from JSON lines", "posts/s", "peak MiB")
    row("SQLAlchemy alone", f"{POSTS / bare[0]:,.0f}", f"{bare[1]:.0f}")
    row("pprnet import", f"{POSTS / ours[0]:,.0f}", f"{ours[1]:.0f}")
    row("ratio", f"{bare[0] / ours[0]:.2f}", f"{ours[1] / bare[1]:.2f}")


def _measure(command: list[str], environ: dict[str, str]) -> tuple[float, float]:
    """Return a process's time in seconds and its peak memory in MiB."""
    start = time.perf_counter()
    with subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[0]} failed")
    return time.perf_counter() - start, _mebibytes(usage)


def _mebibytes(usage: resource.struct_rusage) -> float:
    return usage.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main()

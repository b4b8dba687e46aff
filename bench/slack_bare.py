"""A bare bolt app with a lazy listener, as bolt's documentation has it, to measure `bench.slack_answers` by.

Run with `python -m bench.slack_bare socket|http PORT PAYLOAD.json` and Slack's settings in the environment.
"""

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient


async def main(door: str, port: int, payload: dict[str, Any]) -> None:
    """Answer `/pprnet` with the payload until the process is ended."""
    client = AsyncWebClient(os.environ["SLACK_BOT_TOKEN"], os.environ["SLACK_API_URL"])
    secret = os.environ["SLACK_SIGNING_SECRET"]
    app = AsyncApp(client=client, signing_secret=secret, process_before_response=True)

    async def acknowledge(ack: AsyncAck) -> None:
        await ack()

    async def answer(respond: AsyncRespond) -> None:
        await respond(payload)

    app.command("/pprnet")(ack=acknowledge, lazy=[answer])
    if door == "http":
        runner = web.AppRunner(app.web_app(), access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
    else:
        await AsyncSocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).connect_async()  # type: ignore[no-untyped-call] # bolt's
    print("slack.ready: bare", file=sys.stderr, flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), json.loads(Path(sys.argv[3]).read_text(encoding="utf-8"))))

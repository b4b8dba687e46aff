"""Printing data for scripts."""

import json

_CONTROL = {code: f"\\u{code:04x}" for code in range(0x7F, 0xA0)}
"""What JSON leaves as it is, but a terminal may obey."""


def print_json(data: object) -> None:
    """Print data as JSON, readable and in every character's own form."""
    print(json.dumps(data, ensure_ascii=False, indent=2).translate(_CONTROL))

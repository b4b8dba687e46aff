"""The program as it is without the extra `semantic`, even where that is installed.

Run with `python -m bench.without_meanings` and whatever follows `pprnet`.
"""

import sys
from typing import Any, cast

from adapters.cli.main import main
from bot.meaning.extra import SHIPPING

if __name__ == "__main__":
    cast("dict[str, Any]", sys.modules)[SHIPPING] = None  # Python's own way to say that a module is not there
    sys.exit(main())

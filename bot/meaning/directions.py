"""Arithmetic of vectors. The cosine of two says how alike they are: 1 the same, 0 nothing in common."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from bot.ports.meaning import Vector

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix: TypeAlias = NDArray[np.float32]


def rows(vectors: Sequence[Vector]) -> "Matrix":
    """Return vectors as the rows of a matrix, each of length 1."""
    import numpy as np  # a twentieth of a second that only a search by meaning needs

    signed = np.frombuffer(b"".join(vectors), dtype=np.int8).astype(np.float32)
    return unit(signed.reshape(len(vectors), len(vectors[0]) if vectors else 0))


def unit(matrix: "Matrix") -> "Matrix":
    """Return a matrix with each row drawn out or in to length 1; a row of zeros stays."""
    import numpy as np

    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    scaled: Matrix = np.divide(matrix, lengths, out=np.zeros_like(matrix), where=lengths > 0)
    return scaled


def cosines(vector: Vector, others: Sequence[Vector]) -> list[float]:
    """Return how alike a vector and each of some others are."""
    if not others:
        return []
    found: list[float] = (rows(others) @ rows([vector])[0]).tolist()
    return found

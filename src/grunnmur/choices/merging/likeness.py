"""How alike short texts are, offline: how they are written, what their words mean, and what the words stand near.

Three unit vectors for each text, weighed together; the score of two texts is the cosine of the whole, 0..1:

- **terms**: roots, parts of compounds, groups and fields of the thesaurus, by TF-IDF;
- **letters**: runs of three to five letters within words, by TF-IDF, for forms that no dictionary knows;
- **surroundings**: the mean of word vectors learnt from the texts and their background, without what is common to all
  of them (Arora, Liang & Ma 2017).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

from grunnmur.choices.merging.surroundings import learn
from grunnmur.choices.merging.terms import fields_of, letters_of, roots_of, terms_of, thesaurus_roots

Floats = NDArray[np.float32]
TERMS: Final = 0.35
LETTERS: Final = 0.25
SURROUNDINGS: Final = 0.40
SAME_AIM: Final = 0.09  # two goals belong to the same theme from here on


class Embedder(Protocol):
    """Vectors for texts from somewhere else, one row each; they take the place of the surroundings."""

    def __call__(self, texts: Sequence[str]) -> NDArray[Any]:
        """One row for each text, in order."""
        ...


@dataclass(frozen=True, slots=True)
class Space:
    """Texts as vectors: ``written`` is sparse (terms and letters), ``meant`` dense (surroundings)."""

    texts: tuple[str, ...]
    written: Any
    meant: Floats

    def score(self, first: int, second: int) -> float:
        """How alike two texts are, 0..1; 1 for the same text."""
        return float(self.scores(np.array([first]), np.array([second]))[0])

    def scores(self, first: NDArray[Any], second: NDArray[Any]) -> NDArray[np.float64]:
        """The same for many pairs of places at once."""
        written = self.written[first].multiply(self.written[second]).sum(axis=1)
        meant = np.einsum("ij,ij->i", self.meant[first], self.meant[second])
        found = np.clip(np.asarray(written, dtype=np.float64).ravel() + meant, 0, 1)
        found[[self.texts[a] == self.texts[b] for a, b in zip(first, second, strict=True)]] = 1.0
        return np.asarray(found, dtype=np.float64)

    def same_aim(self, first: int, second: int) -> bool:
        """Whether two texts want the same in the wide sense: they belong to the same theme."""
        return self.score(first, second) >= SAME_AIM


def space(texts: Sequence[str], background: Sequence[str] = (), embedder: Embedder | None = None) -> Space:
    """Where texts lie. Weights and word vectors are learnt from the texts and ``background``, sentences of their kind.

    Deterministic; the order of texts and background plays no part but for rounding.
    """
    both = [*texts, *background]
    distinct = list(dict.fromkeys(both))
    place = {text: row for row, text in enumerate(distinct)}
    rows = np.array([place[text] for text in both], dtype=np.intp)
    parts = [
        _weighed(_terms(distinct), rows, len(texts), sublinear=False) * TERMS**0.5,
        _weighed(_letters(distinct), rows, len(texts), sublinear=True) * LETTERS**0.5,
    ]
    meant = _unit(np.asarray(embedder(texts))) if embedder else _surroundings(distinct, rows)[: len(texts)]
    meant = np.asarray(meant * SURROUNDINGS**0.5, dtype=np.float32)
    return Space(tuple(texts), sparse.hstack(parts, format="csr"), meant)


def _weighed(counts: Any, rows: NDArray[np.intp], kept: int, *, sublinear: bool) -> Any:
    """TF-IDF of the first texts, by how many of all texts have a term; ``rows`` are the places of texts in counts."""
    something = counts.shape[0] - 1
    weights = TfidfTransformer(sublinear_tf=sublinear).fit(counts[np.append(rows, something)])
    return weights.transform(counts[np.append(rows[:kept], something)])[:-1]


def _terms(texts: Sequence[str]) -> Any:
    """Terms of each text, and a last row that says something."""
    said = ({**terms_of(text), **fields_of(text)} for text in texts)
    return DictVectorizer(dtype=np.float32).fit_transform([*said, {_SOMETHING: 1.0}])


def _letters(texts: Sequence[str]) -> Any:
    """Runs of letters in each text, and a last row that says something: words by runs, each word looked at once."""
    words = CountVectorizer(analyzer=str.split, dtype=np.float32)
    by_text = words.fit_transform([*map(letters_of, texts), _SOMETHING])
    runs = CountVectorizer(analyzer="char_wb", ngram_range=(3, 5), dtype=np.float32)
    counts = (by_text @ runs.fit_transform(words.get_feature_names_out())).tocsr()
    counts.sort_indices()
    return counts


_SOMETHING: Final = "\N{EM DASH}\N{EM DASH}\N{EM DASH}"  # so that there is a vocabulary even when no text says anything


def _surroundings(distinct: Sequence[str], rows: NDArray[np.intp]) -> Floats:
    """Unit vectors without their common direction."""
    each = [roots_of(text) for text in distinct]
    roots = [each[row] for row in rows]
    vectors = learn(roots, thesaurus_roots()).of(roots)
    common = np.linalg.eigh(_unit(vectors).T @ _unit(vectors))[1][:, -1]
    return _unit(vectors - np.outer(vectors @ common, common))


def _unit(rows: NDArray[Any]) -> Floats:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1), dtype=np.float32)

"""Generated documents with the sizes and statistics of tools/bench's workload, which follows Amazon Review."""

from dataclasses import dataclass

import numpy as np

ZIPF_SHIFT, REPETITION = 30, 0.2
TRANSLATED = (0.32, 0.79)
PAIRS, PAIRS_VOCABULARY = 11_291, 5_000
VECTOR_WIDTH, WORD_EMBEDDING_WIDTH, NEIGHBOURS = 100, 64, 3
# Share of words that resemble no other, and words that resemble each other: InfoCTM's positives come out as many as
# Amazon Review has, 43,161 and 45,238.
GROUPS = ((0.69, 10), (0.32, 5))
GROUP_SPREAD, POSITIVE_THRESHOLD = 0.65, 0.4


@dataclass(frozen=True)
class Sizes:
    documents: int = 20_000
    vocabulary: int = 5_000
    topics: int = 50
    batch_size: int = 128
    dimensions: int = 1_024
    seed: int = 0


@dataclass(frozen=True)
class Bags:
    """Bags of words as sparse rows: indices[starts[d]:starts[d + 1]] are the words of document d."""

    starts: np.ndarray
    indices: np.ndarray
    values: np.ndarray
    columns: int

    @property
    def documents(self) -> int:
        return len(self.starts) - 1

    def rows(self) -> np.ndarray:
        """The document of each entry."""
        return np.repeat(np.arange(self.documents), np.diff(self.starts))

    def select(self, documents: np.ndarray) -> "Bags":
        sizes = self.starts[documents + 1] - self.starts[documents]
        starts = np.concatenate(([0], np.cumsum(sizes)))
        places = np.arange(starts[-1]) + np.repeat(self.starts[documents] - starts[:-1], sizes)
        return Bags(starts, self.indices[places], self.values[places], self.columns)

    def dense(self) -> np.ndarray:
        matrix = np.zeros((self.documents, self.columns), np.float32)
        matrix[self.rows(), self.indices] = self.values
        return matrix

    def counts(self) -> np.ndarray:
        """How often each word occurs in all documents together."""
        return np.bincount(self.indices, self.values, self.columns)


@dataclass(frozen=True)
class Pairs:
    """Pairs of words of the two vocabularies, each with a weight; in the order of the first."""

    first: np.ndarray
    second: np.ndarray
    weights: np.ndarray
    sizes: tuple[int, int]

    def swapped(self) -> "Pairs":
        order = np.argsort(self.second, kind="stable")
        return Pairs(self.second[order], self.first[order], self.weights[order], self.sizes[::-1])


class Workload:
    """What the backbones train on; each part is made when it is first asked for, always the same for a seed."""

    def __init__(self, sizes: Sizes):
        self.sizes = sizes
        self.bags = [documents_of(sizes, self.generator(f"documents {language}")) for language in (0, 1)]

    def generator(self, name: str) -> np.random.Generator:
        return np.random.default_rng([self.sizes.seed, *name.encode()])

    def dictionary(self) -> Pairs:
        vocabulary, draw = self.sizes.vocabulary, self.generator("dictionary")
        words = [draw.permutation(vocabulary)[: int(np.ceil(share * vocabulary))] for share in TRANSLATED]
        possible = len(words[0]) * len(words[1])
        count = min(int(np.ceil(PAIRS * vocabulary / PAIRS_VOCABULARY)), possible)
        chosen = draw.choice(possible, count, replace=False)
        first, second = words[0][chosen // len(words[1])], words[1][chosen % len(words[1])]
        order = np.lexsort((second, first))
        return Pairs(first[order], second[order], np.ones(count, np.float32), (vocabulary, vocabulary))

    def positives(self) -> list[Pairs]:
        """InfoCTM's positives of each language's words: how many words similar to one translate to the other."""
        pairs = self.dictionary()
        return [shared_translations(self.word_vectors(l), side) for l, side in enumerate((pairs, pairs.swapped()))]

    def word_vectors(self, language: int) -> np.ndarray:
        """Word vectors in groups of similar direction; other cosines are near 0."""
        draw, (alone, size) = self.generator(f"word vectors {language}"), GROUPS[language]
        vectors = directions(self.sizes.vocabulary, VECTOR_WIDTH, draw)
        grouped = int((1 - alone) * self.sizes.vocabulary)
        common = directions(-(-grouped // size), VECTOR_WIDTH, draw)
        vectors[:grouped] = common[np.arange(grouped) // size] + GROUP_SPREAD * vectors[:grouped]
        return vectors

    def document_embeddings(self) -> list[np.ndarray]:
        documents, dimensions = self.sizes.documents, self.sizes.dimensions
        return [directions(documents, dimensions, self.generator(f"embeddings {language}")) for language in (0, 1)]

    def clusters(self) -> list[np.ndarray]:
        documents, topics = self.sizes.documents, self.sizes.topics
        return [self.generator(f"clusters {language}").integers(topics, size=documents) for language in (0, 1)]

    def global_bags(self) -> list[Bags]:
        """GloCTM's documents over both vocabularies: each word with its nearest words of both languages."""
        width = WORD_EMBEDDING_WIDTH
        vectors = [directions(self.sizes.vocabulary, width, self.generator(f"words {l}")) for l in (0, 1)]
        return [expand(self.bags[l], neighbourhoods(vectors, l), 2 * self.sizes.vocabulary) for l in (0, 1)]


def documents_of(sizes: Sizes, draw: np.random.Generator, mean: int = 30) -> Bags:
    """Word frequencies fall by Zipf's law, and lengths spread as the sum of two exponentials does."""
    words = draw.permutation(sizes.vocabulary)
    shares = np.cumsum(1 / (np.arange(sizes.vocabulary) + ZIPF_SHIFT))
    lengths = np.rint(draw.exponential(mean / 2, (sizes.documents, 2)).sum(1)).astype(int)
    lengths = np.clip(lengths, 1, max(1, sizes.vocabulary // 2))
    bags = [distinct_words(length, shares, draw) for length in lengths]
    indices = words[np.concatenate(bags)].astype(np.int32)
    values = draw.geometric(1 - REPETITION, len(indices)).astype(np.float32)
    return Bags(np.concatenate(([0], np.cumsum(lengths))), indices, values, sizes.vocabulary)


def distinct_words(count: int, shares: np.ndarray, draw: np.random.Generator) -> np.ndarray:
    """The first so many different words of a long draw."""
    found = np.empty(0, int)
    while True:
        drawn = np.searchsorted(shares, draw.random(2 * count + 8) * shares[-1])
        found = np.concatenate((found, drawn))
        _, first = np.unique(found, return_index=True)
        if len(first) >= count:
            return found[np.sort(first)[:count]]


def directions(rows: int, columns: int, draw: np.random.Generator) -> np.ndarray:
    """Independent random directions of expected length 1."""
    return ((draw.random((rows, columns), np.float32) - 0.5) * np.sqrt(12 / columns)).astype(np.float32)


def shared_translations(vectors: np.ndarray, pairs: Pairs) -> Pairs:
    unit = unit_rows(vectors)
    translated = np.unique(pairs.first)
    similar, source = np.nonzero(unit @ unit[translated].T >= POSITIVE_THRESHOLD)
    starts = np.searchsorted(pairs.first, translated)
    ends = np.searchsorted(pairs.first, translated, side="right")
    sizes = (ends - starts)[source]
    places = np.arange(sizes.sum()) + np.repeat(starts[source] - (np.cumsum(sizes) - sizes), sizes)
    keys, counts = np.unique(np.repeat(similar, sizes) * pairs.sizes[1] + pairs.second[places], return_counts=True)
    return Pairs(keys // pairs.sizes[1], keys % pairs.sizes[1], counts.astype(np.float32), pairs.sizes)


def neighbourhoods(vectors: list[np.ndarray], language: int, count: int = NEIGHBOURS) -> np.ndarray:
    """For each word of a language itself and its nearest words of both, as columns of the joint vocabulary."""
    own, starts = unit_rows(vectors[language]), (0, len(vectors[0]))
    columns = [np.arange(len(own))[:, None] + starts[language]]
    for other in (0, 1):
        cosines = own @ unit_rows(vectors[other]).T
        if other == language:
            np.fill_diagonal(cosines, -np.inf)
        columns.append(np.argpartition(-cosines, count, axis=1)[:, :count] + starts[other])
    return np.concatenate(columns, axis=1)


def expand(bags: Bags, neighbours: np.ndarray, columns: int, at_a_time: int = 1_000) -> Bags:
    """Each distinct word of a document adds 1 for each word of its neighbourhood."""
    parts = [expand_some(bags, start, at_a_time, neighbours, columns) for start in range(0, bags.documents, at_a_time)]
    sizes, indices, values = (np.concatenate(column) for column in zip(*parts))
    return Bags(np.concatenate(([0], np.cumsum(sizes))), indices, values, columns)


def expand_some(bags: Bags, start: int, count: int, neighbours: np.ndarray, columns: int) -> tuple[np.ndarray, ...]:
    """Sizes, words and counts of some documents."""
    some = bags.select(np.arange(start, min(start + count, bags.documents)))
    keys, counts = np.unique(some.rows()[:, None] * columns + neighbours[some.indices], return_counts=True)
    sizes = np.bincount(keys // columns, minlength=some.documents)
    return sizes, (keys % columns).astype(np.int32), counts.astype(np.float32)


def unit_rows(matrix: np.ndarray) -> np.ndarray:
    return matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-12)

"""How a step is computed: as the published repositories do, or as one would write it in PyTorch today.

Both compute the same losses. `Published` holds bags of words, dictionary matrices and pairs of words as dense matrices.
`Idiomatic` looks words up where documents have them, multiplies by the dictionary in its sparse form, gathers the pairs
of words that count, and takes PyTorch's fused Adam.
"""

import warnings

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from .workload import Bags, Pairs

FLOOR = 1e-10

warnings.filterwarnings("ignore", message="Sparse CSR tensor support is in beta state")


class Published:
    name = "published"

    def documents(self, bags: Bags) -> "DenseDocuments":
        return DenseDocuments(bags)

    def input_layer(self, words: int, units: int) -> nn.Module:
        return nn.Linear(words, units)

    def reconstruction(self, bags: torch.Tensor, logits: torch.Tensor, clamp: bool) -> torch.Tensor:
        """Mean over the documents of −Σ x·log softmax(logits)."""
        words = functional.softmax(logits, dim=1)
        logarithms = torch.log(words.clamp(min=FLOOR) if clamp else words + FLOOR)
        return -(bags * logarithms).sum(1).mean()

    def dictionary_map(self, pairs: Pairs, counts: np.ndarray) -> nn.Module:
        return DenseMap(pairs, counts)

    def word_contrast(self, positives: list[Pairs], temperature: float) -> nn.Module:
        return DenseWordContrast(positives, temperature)

    def cka(self, first: torch.Tensor, second: torch.Tensor) -> torch.Tensor:
        first, second = first.double(), second.double()
        first, second = first - first.mean(0), second - second.mean(0)
        norms = [torch.linalg.norm(side.T @ side) + 1e-8 for side in (first, second)]
        return 1 - torch.linalg.norm(first.T @ second) / torch.sqrt(norms[0] * norms[1])

    def adam(self, parameters: list[nn.Parameter], rate: float) -> torch.optim.Adam:
        return torch.optim.Adam(parameters, lr=rate)


class Idiomatic:
    name = "idiomatic"

    def documents(self, bags: Bags) -> "SparseDocuments":
        return SparseDocuments(bags)

    def input_layer(self, words: int, units: int) -> nn.Module:
        return BagLinear(words, units)

    def reconstruction(self, bags: "SparseBatch", logits: torch.Tensor, clamp: bool) -> torch.Tensor:
        """The same; log softmax needs no floor."""
        logarithms = functional.log_softmax(logits, dim=1).view(-1).index_select(0, bags.places)
        return -(bags.values @ logarithms) / logits.shape[0]

    def dictionary_map(self, pairs: Pairs, counts: np.ndarray) -> nn.Module:
        return SparseMap(pairs, counts)

    def word_contrast(self, positives: list[Pairs], temperature: float) -> nn.Module:
        return SparseWordContrast(positives, temperature)

    def cka(self, first: torch.Tensor, second: torch.Tensor) -> torch.Tensor:
        """Through Gram matrices over the batch, which are smaller."""
        grams = [side @ side.T for side in (first - first.mean(0), second - second.mean(0))]
        norms = [torch.linalg.norm(gram) + 1e-8 for gram in grams]
        return 1 - torch.sqrt((grams[0] * grams[1]).sum()) / torch.sqrt(norms[0] * norms[1])

    def adam(self, parameters: list[nn.Parameter], rate: float) -> torch.optim.Adam:
        return torch.optim.Adam(parameters, lr=rate, fused=True)


FORMULATIONS = {formulation.name: formulation for formulation in (Published(), Idiomatic())}


class DenseDocuments:
    def __init__(self, bags: Bags):
        self.rows = torch.from_numpy(bags.dense())

    def batch(self, documents: np.ndarray) -> torch.Tensor:
        return self.rows[torch.from_numpy(documents)]


class SparseBatch:
    def __init__(self, bags: Bags):
        self.starts, self.indices = torch.from_numpy(bags.starts[:-1]), torch.from_numpy(bags.indices.astype(np.int64))
        self.values = torch.from_numpy(bags.values)
        self.places = torch.from_numpy(bags.rows() * bags.columns + bags.indices)


class SparseDocuments:
    def __init__(self, bags: Bags):
        self.bags = bags

    def batch(self, documents: np.ndarray) -> SparseBatch:
        return SparseBatch(self.bags.select(documents))


class BagLinear(nn.Module):
    """A linear layer on bags of words that reads the rows of the words that occur."""

    def __init__(self, words: int, units: int):
        super().__init__()
        bound = words**-0.5
        self.weight = nn.Parameter(torch.empty(words, units).uniform_(-bound, bound))
        self.bias = nn.Parameter(torch.empty(units).uniform_(-bound, bound))

    def forward(self, bags: SparseBatch) -> torch.Tensor:
        weights = {"per_sample_weights": bags.values}
        return functional.embedding_bag(bags.indices, self.weight, bags.starts, mode="sum", **weights) + self.bias


class DenseMap(nn.Module):
    """NMTM's dictionary matrix: pairs times their word's count, 1 added everywhere, rows normalised."""

    def __init__(self, pairs: Pairs, counts: np.ndarray):
        super().__init__()
        matrix = np.ones(pairs.sizes, np.float32)
        matrix[pairs.first, pairs.second] += counts[pairs.first]
        self.matrix = torch.from_numpy(matrix / matrix.sum(axis=1, keepdims=True))

    def forward(self, weights: torch.Tensor) -> torch.Tensor:
        return weights @ self.matrix


class SparseMap(nn.Module):
    """The same as a sparse matrix and a constant for each row."""

    def __init__(self, pairs: Pairs, counts: np.ndarray):
        super().__init__()
        scores = pairs.weights * counts[pairs.first]
        sums = np.bincount(pairs.first, scores, pairs.sizes[0]) + pairs.sizes[1]
        scaled = Pairs(pairs.first, pairs.second, (scores / sums[pairs.first]).astype(np.float32), pairs.sizes)
        self.forwards, self.backwards = sparse_tensor(scaled.swapped()), sparse_tensor(scaled)
        self.constants = torch.from_numpy((1 / sums).astype(np.float32))

    def forward(self, weights: torch.Tensor) -> torch.Tensor:
        return SparseProduct.apply(weights, self.forwards, self.backwards) + (weights @ self.constants)[:, None]


class SparseProduct(torch.autograd.Function):
    """weights · S for a constant sparse S, given as Sᵀ and S."""

    @staticmethod
    def forward(context, weights: torch.Tensor, forwards: torch.Tensor, backwards: torch.Tensor) -> torch.Tensor:
        context.backwards = backwards
        return (forwards @ weights.t().contiguous()).t()

    @staticmethod
    def backward(context, gradient: torch.Tensor) -> tuple[torch.Tensor, None, None]:
        return (context.backwards @ gradient.t().contiguous()).t(), None, None


def sparse_tensor(pairs: Pairs) -> torch.Tensor:
    starts = np.searchsorted(pairs.first, np.arange(pairs.sizes[0] + 1))
    return torch.sparse_csr_tensor(
        *map(torch.from_numpy, (starts, np.ascontiguousarray(pairs.second), pairs.weights)),
        size=pairs.sizes,
        check_invariants=True,
    )


class DenseWordContrast(nn.Module):
    """InfoCTM's mutual information over full matrices of word pairs, with masks."""

    def __init__(self, positives: list[Pairs], temperature: float):
        super().__init__()
        self.masks = []
        for pairs in positives:
            mask = torch.zeros(pairs.sizes)
            mask[torch.from_numpy(pairs.first), torch.from_numpy(pairs.second)] = torch.from_numpy(pairs.weights)
            self.masks.append((mask, (mask == 0).float()))
        self.total = sum(float(pairs.weights.sum()) for pairs in positives)
        self.temperature = temperature

    def forward(self, first: torch.Tensor, second: torch.Tensor) -> torch.Tensor:
        sides = [functional.normalize(side, dim=1) for side in (first, second)]
        return (self.side(*sides, *self.masks[0]) + self.side(*sides[::-1], *self.masks[1])) / self.total

    def side(self, anchors, others, positive: torch.Tensor, negative: torch.Tensor) -> torch.Tensor:
        similarities = anchors @ others.T / self.temperature
        similarities = similarities - similarities.max(dim=1, keepdim=True).values.detach()
        negatives = (torch.exp(similarities) * negative).sum(1, keepdim=True)
        return -(positive * (similarities - torch.log(negatives + torch.exp(similarities) + 1e-10))).sum()


class SparseWordContrast(nn.Module):
    """The same for the anchors that have a positive, with logarithms at the positive pairs only."""

    def __init__(self, positives: list[Pairs], temperature: float):
        super().__init__()
        self.sides = []
        for pairs in positives:
            anchors, rows = np.unique(pairs.first, return_inverse=True)
            parts = (anchors, rows, rows * pairs.sizes[1] + pairs.second, pairs.weights)
            self.sides.append(tuple(map(torch.from_numpy, parts)))
        self.total = sum(float(pairs.weights.sum()) for pairs in positives)
        self.temperature = temperature

    def forward(self, first: torch.Tensor, second: torch.Tensor) -> torch.Tensor:
        sides = [functional.normalize(side, dim=1) for side in (first, second)]
        return (self.side(*sides, *self.sides[0]) + self.side(*sides[::-1], *self.sides[1])) / self.total

    def side(self, words, others, anchors, rows, places, weights) -> torch.Tensor:
        # Less their largest possible value, which cancels out, so that no exponential overflows.
        largest = torch.tensor([[-1 / self.temperature]])
        similarities = torch.addmm(largest, words.index_select(0, anchors), others.T, alpha=1 / self.temperature)
        positive = similarities.view(-1).index_select(0, places)
        exponentials = torch.exp(positive)
        negatives = torch.exp(similarities).sum(1).index_add(0, rows, -exponentials)
        return -(weights @ (positive - torch.log(negatives.index_select(0, rows) + exponentials)))

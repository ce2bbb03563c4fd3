"""Trains NMTM in PyTorch, in a program that shares nothing with xtm's, and prints its losses and accuracies.

    python tools/python-check/train_nmtm.py benchmarks/Rakuten_Amazon en ja --dictionary ja-en.txt --seed 0

It is there for doubts about xtm's NMTM: the two agree in distribution over seeds, not seed by seed, since they draw
different random numbers. --second-pass does at every step what the public code does and the paper does not tell:
another pass through the encoder, with fresh noise, that updates the BatchNorms again. Needs torch, scipy and
scikit-learn; one epoch of the benchmarks takes about five seconds of one core.
"""

import argparse
import json
import math
import pathlib
import time

import numpy as np
import torch
from scipy import sparse
from sklearn.svm import LinearSVC
from torch import nn
from torch.nn import functional

TOPICS, UNITS, BATCH, LAMBDA, TOP_WORDS = 50, 100, 128, 0.8, 15
LEARNING_RATE, HALVED_EVERY, LARGEST_NORM = 0.001, 125, 1.0
PRIOR_VARIANCE = 1 - 1 / TOPICS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dataset", type=pathlib.Path, help="folder of a benchmark")
    parser.add_argument("languages", nargs=2, help="how its files name the languages: en cn")
    parser.add_argument("--dictionary", type=pathlib.Path, required=True, help="a pair a line, second language first")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=230)
    parser.add_argument("--second-pass", action="store_true", help="pass each batch through the encoder twice")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    order = np.random.default_rng(arguments.seed)
    languages = [Language(arguments.dataset, name) for name in arguments.languages]
    pairs = read_pairs(arguments.dictionary, languages)
    print(f"{pairs.nnz} pairs of the dictionary are in the vocabularies", flush=True)
    model = NMTM([len(language.words) for language in languages], translations(pairs, languages))
    train(model, languages, order, arguments.epochs, arguments.second_pass)
    print(json.dumps({"topicUniqueness": topic_uniqueness(model), "accuracy": accuracies(model, languages)}))


class Language:
    def __init__(self, dataset: pathlib.Path, name: str):
        self.name = name
        self.words = (dataset / f"vocab_{name}").read_text(encoding="utf-8").split()
        self.rows = {split: sparse.load_npz(dataset / f"{split}_bow_matrix_{name}.npz").tocsr().astype(np.float32) for split in ("train", "test")}
        self.labels = {split: np.loadtxt(dataset / f"{split}_labels_{name}.txt", dtype=int) for split in ("train", "test")}

    def batch(self, indices: np.ndarray) -> torch.Tensor:
        rows = self.rows["train"]
        return torch.from_numpy(rows[indices % rows.shape[0]].toarray())


def read_pairs(dictionary: pathlib.Path, languages: list[Language]) -> sparse.csr_array:
    first, second = ({word: index for index, word in enumerate(language.words)} for language in languages)
    lines = (line.split() for line in dictionary.read_text(encoding="utf-8").splitlines())
    found = {(first[line[1]], second[line[0]]) for line in lines if len(line) == 2 and line[1] in first and line[0] in second}
    rows, columns = zip(*sorted(found))
    return sparse.csr_array((np.ones(len(found), np.float32), (rows, columns)), shape=(len(first), len(second)))


class Translation:
    """D⁻¹(S + 11ᵀ): S holds the dictionary's pairs times their word's count, D makes every row sum to 1."""

    def __init__(self, pairs: sparse.csr_array, counts: np.ndarray):
        weights = sparse.diags_array(counts) @ pairs
        sums = weights.sum(axis=1) + pairs.shape[1]
        scaled = (sparse.diags_array(1 / sums) @ weights).tocsr().astype(np.float32)
        self.forward, self.backward = to_torch(scaled.T.tocsr()), to_torch(scaled)
        self.share = torch.from_numpy((1 / sums).astype(np.float32))

    def apply(self, phi: torch.Tensor) -> torch.Tensor:
        return SparseProduct.apply(self, phi) + (phi @ self.share)[:, None]


class SparseProduct(torch.autograd.Function):
    @staticmethod
    def forward(context, translation: Translation, phi: torch.Tensor) -> torch.Tensor:
        context.translation = translation
        return (translation.forward @ phi.t().contiguous()).t()

    @staticmethod
    def backward(context, gradient: torch.Tensor) -> tuple[None, torch.Tensor]:
        return None, (context.translation.backward @ gradient.t().contiguous()).t()


def to_torch(matrix: sparse.csr_array) -> torch.Tensor:
    parts = (matrix.indptr.astype(np.int64), matrix.indices.astype(np.int64), matrix.data)
    return torch.sparse_csr_tensor(*map(torch.from_numpy, parts), size=matrix.shape)


def translations(pairs: sparse.csr_array, languages: list[Language]) -> list[Translation]:
    """Into the first language's vocabulary, and into the second's."""
    first, second = (language.rows["train"].sum(axis=0) for language in languages)
    return [Translation(pairs.T.tocsr(), np.asarray(second).ravel()), Translation(pairs, np.asarray(first).ravel())]


def batch_norm(size: int) -> nn.BatchNorm1d:
    norm = nn.BatchNorm1d(size, eps=1e-3, momentum=1e-3)
    norm.weight.requires_grad = False
    return norm


class NMTM(nn.Module):
    def __init__(self, vocabulary_sizes: list[int], into: list[Translation]):
        super().__init__()
        self.into = into
        self.first = nn.ModuleList([nn.Linear(size, UNITS) for size in vocabulary_sizes])
        self.second = nn.Linear(UNITS, UNITS)
        self.mean, self.log_variance = nn.Linear(UNITS, TOPICS), nn.Linear(UNITS, TOPICS)
        self.mean_norm, self.log_variance_norm = batch_norm(TOPICS), batch_norm(TOPICS)
        self.decoder_norms = nn.ModuleList([batch_norm(size) for size in vocabulary_sizes])
        self.phi = nn.ParameterList([nn.Parameter(nn.init.xavier_uniform_(torch.empty(TOPICS, size))) for size in vocabulary_sizes])

    def encode(self, rows: torch.Tensor, language: int) -> tuple[torch.Tensor, torch.Tensor]:
        hidden = functional.softplus(self.second(functional.softplus(self.first[language](rows))))
        return self.mean_norm(self.mean(hidden)), self.log_variance_norm(self.log_variance(hidden))

    def beta(self, language: int) -> torch.Tensor:
        return LAMBDA * self.into[language].apply(self.phi[1 - language]) + (1 - LAMBDA) * self.phi[language]

    def loss(self, rows: torch.Tensor, language: int) -> torch.Tensor:
        mean, log_variance = self.encode(rows, language)
        theta = functional.softmax(mean + torch.randn_like(mean) * torch.exp(log_variance / 2), dim=1)
        words = functional.softmax(self.decoder_norms[language](theta @ self.beta(language)), dim=1)
        reconstruction = -(rows * torch.log(words + 1e-10)).sum(1)
        terms = (log_variance.exp() + mean**2) / PRIOR_VARIANCE + math.log(PRIOR_VARIANCE) - log_variance
        return (reconstruction + (terms.sum(1) - TOPICS) / 2).mean()


def train(model: NMTM, languages: list[Language], order: np.random.Generator, epochs: int, second_pass: bool) -> None:
    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimiser = torch.optim.Adam(parameters, lr=LEARNING_RATE)
    schedule = torch.optim.lr_scheduler.StepLR(optimiser, HALVED_EVERY, 0.5)
    documents = max(language.rows["train"].shape[0] for language in languages)
    started = time.monotonic()
    for epoch in range(1, epochs + 1):
        losses = []
        for indices in np.array_split(order.permutation(documents), range(BATCH, documents, BATCH)):
            batches = [language.batch(indices) for language in languages]
            loss = sum(model.loss(rows, index) for index, rows in enumerate(batches))
            if second_pass:
                with torch.no_grad():
                    for index, rows in enumerate(batches):
                        torch.randn_like(model.encode(rows, index)[0])
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(parameters, LARGEST_NORM)
            optimiser.step()
            losses.append(loss.item())
        schedule.step()
        if epoch < 3 or epoch % 10 == 0 or epoch == epochs:
            print(f"epoch {epoch}: loss {np.mean(losses):.3f}, {time.monotonic() - started:.0f} s", flush=True)


def topic_uniqueness(model: NMTM) -> float:
    with torch.no_grad():
        tops = [torch.topk(model.beta(language), TOP_WORDS).indices.numpy() for language in (0, 1)]
    return round(float(np.mean([np.mean(1 / np.bincount(top.ravel())[top]) for top in tops])), 3)


def accuracies(model: NMTM, languages: list[Language]) -> dict[str, float]:
    """Of a linear SVM on the encoder's means. -I: within a language; -C: tested on it, trained on the other."""
    model.eval()
    with torch.no_grad():
        means = [{split: model.encode(torch.from_numpy(rows.toarray()), index)[0].numpy() for split, rows in language.rows.items()} for index, language in enumerate(languages)]
    classifiers = [LinearSVC(max_iter=20_000).fit(means[index]["train"], language.labels["train"]) for index, language in enumerate(languages)]
    return {
        f"{tested.name}-{'I' if source == target else 'C'}": round(float(classifiers[source].score(means[target]["test"], tested.labels["test"])), 3)
        for target, tested in enumerate(languages)
        for source in (target, 1 - target)
    }


if __name__ == "__main__":
    main()

"""A loss of a batch in PyTorch for each backbone, in a program of its own that shares nothing with xtm's.

A batch has an entry for each language with `bags`, and what the backbone needs beside them.
"""

from dataclasses import dataclass
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from .workload import Workload

LANGUAGES = (0, 1)


@dataclass
class LanguageBatch:
    bags: Any
    global_bags: Any = None
    embeddings: torch.Tensor | None = None
    clusters: torch.Tensor | None = None


@dataclass(frozen=True)
class Norms:
    epsilon: float = 1e-5
    momentum: float = 0.1

    def layer(self, features: int) -> nn.BatchNorm1d:
        """Batch normalisation with a fixed scale and a trained shift."""
        norm = nn.BatchNorm1d(features, eps=self.epsilon, momentum=self.momentum)
        norm.weight.requires_grad = False
        return norm


class Encoder(nn.Module):
    """From the sums of the first layer to means and log variances of the topics."""

    def __init__(self, units: int, topics: int, norms: Norms, dropout: float = 0):
        super().__init__()
        self.hidden, self.dropout = nn.Linear(units, units), nn.Dropout(dropout)
        self.mean, self.log_variance = nn.Linear(units, topics), nn.Linear(units, topics)
        self.mean_norm, self.log_variance_norm = norms.layer(topics), norms.layer(topics)

    def forward(self, sums: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        hidden = self.dropout(functional.softplus(self.hidden(functional.softplus(sums))))
        return self.mean_norm(self.mean(hidden)), self.log_variance_norm(self.log_variance(hidden))


class Backbone(nn.Module):
    """What the four share. `noise` draws as many standard normal numbers as a tensor has elements."""

    learning_rate = 0.002
    largest_norm: float | None = 1.0
    clamp = False

    def __init__(self, vocabulary_sizes: list[int], topics: int, formulation, norms: Norms):
        super().__init__()
        self.formulation, self.noise = formulation, torch.randn_like
        weights = [nn.init.xavier_uniform_(torch.empty(topics, size)) for size in vocabulary_sizes]
        self.topic_word = nn.ParameterList([nn.Parameter(each) for each in weights])
        self.decoder_norm = nn.ModuleList([norms.layer(size) for size in vocabulary_sizes])
        self.register_buffer("prior_mean", torch.zeros(topics))
        self.register_buffer("prior_variance", torch.full((topics,), 1 - 1 / topics))

    def draw(self, mean: torch.Tensor, log_variance: torch.Tensor) -> torch.Tensor:
        return functional.softmax(mean + self.noise(mean) * torch.exp(log_variance / 2), dim=1)

    def bound(self, bags, posterior, theta, topic_word: torch.Tensor, norm: nn.Module) -> torch.Tensor:
        """Mean over the documents of the negative evidence lower bound."""
        reconstruction = self.formulation.reconstruction(bags, norm(theta @ topic_word), self.clamp)
        return reconstruction + divergence(posterior, (self.prior_mean, self.prior_variance.log()))


def divergence(posterior, prior) -> torch.Tensor:
    """Mean over the documents of the divergence of diagonal Gaussians, given as means and log variances."""
    (mean, log_variance), (prior_mean, prior_log_variance) = posterior, prior
    scaled = (log_variance.exp() + (mean - prior_mean) ** 2) / prior_log_variance.exp()
    return 0.5 * (scaled + prior_log_variance - log_variance - 1).sum(1).mean()


class NMTM(Backbone):
    learning_rate = 0.001

    def __init__(self, vocabulary_sizes, topics, formulation, maps, units=100, share=0.8, norms=Norms(1e-3, 1e-3)):
        super().__init__(vocabulary_sizes, topics, formulation, norms)
        self.input = nn.ModuleList([formulation.input_layer(size, units) for size in vocabulary_sizes])
        self.encoder = Encoder(units, topics, norms)
        self.maps, self.share = nn.ModuleList(maps), share

    @staticmethod
    def create(work: Workload, formulation) -> "NMTM":
        pairs = work.dictionary()
        counts = [bags.counts() for bags in work.bags]
        maps = [formulation.dictionary_map(side, counts[l]) for l, side in enumerate((pairs, pairs.swapped()))]
        return NMTM([work.sizes.vocabulary] * 2, work.sizes.topics, formulation, maps)

    def forward(self, batch: list[LanguageBatch]) -> torch.Tensor:
        return sum(self.language(language.bags, l) for l, language in enumerate(batch))

    def language(self, bags, l: int) -> torch.Tensor:
        posterior = self.encoder(self.input[l](bags))
        brought_over = self.maps[1 - l](self.topic_word[1 - l])
        topic_word = self.share * brought_over + (1 - self.share) * self.topic_word[l]
        return self.bound(bags, posterior, self.draw(*posterior), topic_word, self.decoder_norm[l])


class InfoCTM(Backbone):
    def __init__(self, vocabulary_sizes, topics, formulation, contrast, units=100, weight=50.0, norms=Norms()):
        super().__init__(vocabulary_sizes, topics, formulation, norms)
        self.input = nn.ModuleList([formulation.input_layer(size, units) for size in vocabulary_sizes])
        self.encoder = nn.ModuleList([Encoder(units, topics, norms) for _ in LANGUAGES])
        self.contrast, self.weight = contrast, weight

    @staticmethod
    def create(work: Workload, formulation) -> "InfoCTM":
        contrast = formulation.word_contrast(work.positives(), 0.2)
        return InfoCTM([work.sizes.vocabulary] * 2, work.sizes.topics, formulation, contrast)

    def forward(self, batch: list[LanguageBatch]) -> torch.Tensor:
        bounds = sum(self.language(language.bags, l) for l, language in enumerate(batch))
        return bounds + self.weight * self.contrast(self.topic_word[0].T, self.topic_word[1].T)

    def language(self, bags, l: int) -> torch.Tensor:
        posterior = self.encoder[l](self.input[l](bags))
        return self.bound(bags, posterior, self.draw(*posterior), self.topic_word[l], self.decoder_norm[l])


@dataclass(frozen=True)
class XtraSettings:
    shared_units: int = 1_000
    units: int = 300
    topic_word_units: int = 384
    dropout: float = 0.2
    document_weight: float = 95.0
    topic_weight: float = 15.0
    cluster_weight: float = 10.0
    temperature: float = 0.2


class XTRA(Backbone):
    def __init__(self, vocabulary_sizes, topics, formulation, dimensions, settings=XtraSettings(), norms=Norms()):
        super().__init__(vocabulary_sizes, topics, formulation, norms)
        shared, units = settings.shared_units, settings.units
        self.shared = nn.ModuleList([formulation.input_layer(size, shared) for size in vocabulary_sizes])
        self.input, self.dropout = nn.Linear(shared, units), nn.Dropout(settings.dropout)
        self.encoder = Encoder(units, topics, norms, settings.dropout)
        self.document_projection = nn.Linear(topics, dimensions)
        projections = [nn.Linear(size, settings.topic_word_units) for size in vocabulary_sizes]
        self.topic_word_projection = nn.ModuleList(projections)
        self.settings = settings

    @staticmethod
    def create(work: Workload, formulation) -> "XTRA":
        return XTRA([work.sizes.vocabulary] * 2, work.sizes.topics, formulation, work.sizes.dimensions)

    def forward(self, batch: list[LanguageBatch]) -> torch.Tensor:
        settings, bounds, thetas = self.settings, [], []
        for l, language in enumerate(batch):
            shared = self.dropout(functional.relu(self.shared[l](language.bags)))
            posterior = self.encoder(self.input(shared))
            theta = self.dropout(self.draw(*posterior))
            bounds.append(self.bound(language.bags, posterior, theta, self.topic_word[l], self.decoder_norm[l]))
            thetas.append(theta)
        return (
            sum(bounds)
            + settings.document_weight * self.document_contrast(thetas, batch)
            + settings.topic_weight * self.topic_contrast()
            + settings.cluster_weight * self.cluster_contrast(thetas, batch)
        )

    def document_contrast(self, thetas: list[torch.Tensor], batch: list[LanguageBatch]) -> torch.Tensor:
        projected = [self.dropout(self.document_projection(theta)) for theta in thetas]
        return sum(contrast(side, language.embeddings) for side, language in zip(projected, batch))

    def topic_contrast(self) -> torch.Tensor:
        first, second = (self.dropout(self.topic_word_projection[l](self.topic_word[l])) for l in LANGUAGES)
        return (contrast(first, second) + contrast(second, first)) / 2

    def cluster_contrast(self, thetas: list[torch.Tensor], batch: list[LanguageBatch]) -> torch.Tensor:
        """Supervised contrast: mean over the anchors that share their cluster with another document."""
        points = functional.normalize(torch.cat(thetas), dim=1)
        clusters = torch.cat([language.clusters for language in batch])
        itself = torch.eye(len(points), dtype=torch.bool)
        similarities = (points @ points.T / self.settings.temperature).masked_fill(itself, -1e9)
        logarithms = functional.log_softmax(similarities, dim=1)
        positives = ((clusters[:, None] == clusters[None, :]) & ~itself).float()
        counts = positives.sum(1)
        anchors = counts > 0
        return -((positives * logarithms).sum(1)[anchors] / counts[anchors]).sum() / max(int(anchors.sum()), 1)


def contrast(anchors: torch.Tensor, partners: torch.Tensor) -> torch.Tensor:
    cosines = functional.normalize(anchors, dim=1) @ functional.normalize(partners, dim=1).T
    return functional.cross_entropy(cosines, torch.arange(len(anchors)))


class GloCTM(Backbone):
    largest_norm = None
    clamp = True

    def __init__(self, vocabulary_sizes, topics, formulation, units=100, global_units=200, weights=(3.0, 300.0)):
        norms = Norms()
        super().__init__(vocabulary_sizes, topics, formulation, norms)
        self.input = nn.ModuleList([formulation.input_layer(size, units) for size in vocabulary_sizes])
        self.encoder = nn.ModuleList([Encoder(units, topics, norms) for _ in LANGUAGES])
        self.global_input = formulation.input_layer(sum(vocabulary_sizes), global_units)
        self.global_encoder = Encoder(global_units, topics, norms)
        self.global_decoder_norm = norms.layer(sum(vocabulary_sizes))
        self.divergence_weight, self.cka_weight = weights

    @staticmethod
    def create(work: Workload, formulation) -> "GloCTM":
        return GloCTM([work.sizes.vocabulary] * 2, work.sizes.topics, formulation)

    def forward(self, batch: list[LanguageBatch]) -> torch.Tensor:
        joint = torch.cat(list(self.topic_word), dim=1)
        overall, globally = 0, []
        for language in batch:
            posterior = self.global_encoder(self.global_input(language.global_bags))
            theta = self.draw(*posterior)
            overall = overall + self.bound(language.global_bags, posterior, theta, joint, self.global_decoder_norm)
            globally.append(posterior)
        for l, language in enumerate(batch):
            posterior = self.encoder[l](self.input[l](language.bags))
            theta = self.draw(*posterior)
            overall = overall + self.bound(language.bags, posterior, theta, self.topic_word[l], self.decoder_norm[l])
            overall = overall + self.divergence_weight * divergence(posterior, globally[l])
            overall = overall + self.cka_weight * self.formulation.cka(theta, language.embeddings)
        return overall


BACKBONES = {"nmtm": NMTM, "infoctm": InfoCTM, "xtra": XTRA, "gloctm": GloCTM}

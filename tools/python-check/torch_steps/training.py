"""What a training step consists of: a batch is put together, its loss computed, and the parameters updated."""

import numpy as np
import torch
from torch import nn

from .backbones import LANGUAGES, Backbone, LanguageBatch
from .workload import Sizes, Workload


class Training:
    """Steps of a backbone, from a batch to the loss that is read back."""

    def __init__(self, model: Backbone):
        self.model = model
        self.parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
        self.optimiser = model.formulation.adam(self.parameters, model.learning_rate)
        self.gradient_norm: float | None = None

    def step(self, batch: list[LanguageBatch]) -> float:
        loss = self.model(batch)
        self.optimiser.zero_grad()
        loss.backward()
        if self.model.largest_norm is not None:
            self.gradient_norm = nn.utils.clip_grad_norm_(self.parameters, self.model.largest_norm)
        self.optimiser.step()
        return loss.item()


class Batches:
    """Pairs of documents, shuffled anew each epoch, with what a backbone needs of them."""

    def __init__(self, name: str, work: Workload, formulation):
        self.sizes: Sizes = work.sizes
        self.generator = work.generator("shuffles")
        self.documents = [formulation.documents(bags) for bags in work.bags]
        self.global_documents = []
        if name == "gloctm":
            self.global_documents = [formulation.documents(bags) for bags in work.global_bags()]
        needs_embeddings, needs_clusters = name in ("xtra", "gloctm"), name == "xtra"
        self.embeddings = [torch.from_numpy(each) for each in work.document_embeddings()] if needs_embeddings else []
        self.clusters = [torch.from_numpy(each) for each in work.clusters()] if needs_clusters else []
        self.order, self.next = np.empty(0, int), 0

    def take(self) -> list[LanguageBatch]:
        if self.next >= len(self.order):
            self.order, self.next = self.generator.permutation(self.sizes.documents), 0
        documents = self.order[self.next : self.next + self.sizes.batch_size]
        self.next += self.sizes.batch_size
        numbers = torch.from_numpy(documents)
        return [
            LanguageBatch(
                self.documents[l].batch(documents),
                self.global_documents[l].batch(documents) if self.global_documents else None,
                self.embeddings[l][numbers] if self.embeddings else None,
                self.clusters[l][numbers] if self.clusters else None,
            )
            for l in LANGUAGES
        ]

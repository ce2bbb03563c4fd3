"""Golden cases of packages/backbones: a small model's parameters, its noise, and the losses of three training steps.

xtm's tests hold its backbones to the same files; so a step that agrees with them here agrees with xtm's.
"""

import json
import pathlib
import re

import numpy as np
import torch

from .backbones import GloCTM, InfoCTM, LanguageBatch, NMTM, Norms, XTRA, XtraSettings
from .training import Training
from .workload import Bags, Pairs, shared_translations

# The files name parameters as the published code does.
NAMES = (
    (r"^(mlp|prj_beta)(_en|_cn)\.0", r"\1\2"),
    (r"^prj_rep\.0", "document_projection"),
    (r"^encoder\.fc11", "input"),
    (r"^encoder_global\.fc11", "global_input"),
    (r"^encoder(_en|_cn)\.fc11", r"input\1"),
    (r"^fc11", "input"),
    (r"^encoder_global", "global_encoder"),
    (r"^decoder_bn_global", "global_decoder_norm"),
    (r"^(fc\d\d|mean_bn|logvar_bn)\.", r"encoder.\1."),
    (r"fc12", "hidden"),
    (r"fc21", "mean"),
    (r"fc22", "log_variance"),
    (r"mean_bn", "mean_norm"),
    (r"logvar_bn", "log_variance_norm"),
    (r"^decoder_bn", "decoder_norm"),
    (r"^(phi|beta)_", "topic_word_"),
    (r"^mlp", "shared"),
    (r"^prj_beta", "topic_word_projection"),
    (r"^mu2", "prior_mean"),
    (r"^var2", "prior_variance"),
    (r"_en\b", ".0"),
    (r"_cn\b", ".1"),
)
CONSTANTS = ("Map_", "TAMI.")


class GoldenCase:
    def __init__(self, file: pathlib.Path):
        self.name = file.stem.removeprefix("backbone-")
        self.content = json.loads(file.read_text(encoding="utf-8"))
        self.config = self.content["config"]

    def largest_difference(self, formulation) -> float:
        """Relative, of the losses of all steps and of the gradient's norm before clipping, where the case has it."""
        model = self.model(formulation)
        self.load(model)
        training, differences = Training(model), []
        for step in self.content["steps"]:
            noise = iter([torch.from_numpy(array(draw)) for draw in step["noise"]])
            model.noise = lambda _: next(noise)
            found = [(training.step(self.batch(formulation)), step["losses"]["loss"])]
            if step.get("gradNorm") is not None:
                found.append((float(training.gradient_norm), step["gradNorm"]))
            differences += [abs(value - expected) / abs(expected) for value, expected in found]
        return max(differences)

    def input(self, name: str) -> np.ndarray:
        return array(self.content["inputs"][name])

    def model(self, formulation):
        config, sizes = self.config, self.config["vocabulary"]
        norms = Norms(config["batchNormEps"], config["batchNormMomentum"])
        common = (sizes, config["topics"], formulation)
        if self.name == "nmtm":
            sides = zip(self.translations(), ("trainBow1", "trainBow2"))
            maps = [formulation.dictionary_map(pairs, self.input(rows).sum(0)) for pairs, rows in sides]
            return NMTM(*common, maps, config["units"], config["lambda"], norms)
        if self.name == "infoctm":
            vectors = [self.input("wordVectors1"), self.input("wordVectors2")]
            positives = [shared_translations(*side) for side in zip(vectors, self.translations())]
            contrast = formulation.word_contrast(positives, config["temperature"])
            return InfoCTM(*common, contrast, config["units"], config["miWeight"], norms)
        if self.name == "xtra":
            return XTRA(*common, config["embeddingDimensions"], self.xtra_settings(), norms)
        weights = (config["klWeight"], config["ckaWeight"])
        return GloCTM(*common, config["units"], config["globalUnits"], weights)

    def xtra_settings(self) -> XtraSettings:
        config = self.config
        sizes = (config["sharedUnits"], config["units"], config["betaProjection"], config["dropout"])
        weights = (config["infoNceWeight"], config["betaWeight"], config["clusterWeight"], config["temperature"])
        return XtraSettings(*sizes, *weights)

    def translations(self) -> list[Pairs]:
        matrix = self.input("translation")
        first, second = np.nonzero(matrix)
        pairs = Pairs(first, second, np.ones(len(first), np.float32), matrix.shape)
        return [pairs, pairs.swapped()]

    def load(self, model) -> None:
        own = dict(model.named_parameters()) | dict(model.named_buffers())
        for name, values in self.content["initial"].items():
            if name.startswith(CONSTANTS):
                continue
            target, value = own[rename(name)], torch.from_numpy(array(values))
            if target.shape != value.shape:
                # The published prior has a row of its own, and a layer that looks words up is the other way round.
                value = value.reshape(target.shape) if target.dim() == 1 else value.T
            target.data.copy_(value)

    def batch(self, formulation) -> list[LanguageBatch]:
        return [
            LanguageBatch(
                self.bags(f"bow{number}", formulation),
                self.bags(f"globalBow{number}", formulation) if self.name == "gloctm" else None,
                self.tensor(f"documents{number}"),
                self.tensor(f"cluster{number}"),
            )
            for number in (1, 2)
        ]

    def bags(self, name: str, formulation):
        matrix = self.input(name)
        rows, columns = np.nonzero(matrix)
        starts = np.searchsorted(rows, np.arange(len(matrix) + 1))
        bags = Bags(starts, columns, matrix[rows, columns], matrix.shape[1])
        return formulation.documents(bags).batch(np.arange(len(matrix)))

    def tensor(self, name: str) -> torch.Tensor | None:
        return torch.from_numpy(self.input(name)) if name in self.content["inputs"] else None


def array(stored: dict) -> np.ndarray:
    return np.array(stored["data"], np.float32).reshape(stored["shape"])


def rename(name: str) -> str:
    for pattern, replacement in NAMES:
        name = re.sub(pattern, replacement, name)
    return name

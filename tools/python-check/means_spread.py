"""How documents' means spread over directions, and what a linear SVM makes of it within and across languages.

    python means_spread.py RUN DATASET [--cost 1 0.01]

Reads `documentMeans_*.npy` of a run folder of two languages and the labels of its dataset folder, with NumPy and scikit-learn.
"""

import argparse
import json
import pathlib

import numpy as np
from sklearn.svm import LinearSVC


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("run", type=pathlib.Path)
    parser.add_argument("dataset", type=pathlib.Path)
    parser.add_argument("--cost", type=float, nargs="+", default=[1, 0.1, 0.01, 0.001], help="C of the linear SVM")
    parser.add_argument("--documents", type=int, default=12_000, help="training documents per language, drawn at random")
    arguments = parser.parse_args()
    languages = [language["suffix"] for language in json.loads((arguments.run / "config.json").read_text())["dataset"]["languages"]]
    means = {(language, split): np.load(arguments.run / f"documentMeans_{language}_{split}.npy") for language in languages for split in ("train", "test")}
    labels = {key: np.array((arguments.dataset / "{1}_labels_{0}.txt".format(*key)).read_text().split("\n")[: len(rows)]) for key, rows in means.items()}

    centred = np.concatenate([means[language, "train"] - means[language, "train"].mean(axis=0) for language in languages])
    variances, directions = np.linalg.eigh(np.cov(centred.T))
    topics = len(variances)
    flat = topics * 3 // 5
    print(f"share of the variance: 2 leading directions {variances[-2:].sum() / variances.sum():.3f}, last {flat} of {topics} {variances[:flat].sum() / variances.sum():.4f}")

    for cost in arguments.cost:
        results, weights = [], []
        for language in languages:
            drawn = np.random.default_rng(0).permutation(len(means[language, "train"]))[: arguments.documents]
            classifier = LinearSVC(dual=False, C=cost).fit(means[language, "train"][drawn], labels[language, "train"][drawn])
            weights.append((classifier.coef_ @ directions) ** 2)
            results += [f"{language}->{other} {classifier.score(means[other, 'test'], labels[other, 'test']):.3f}" for other in languages]
        squared = np.concatenate(weights)
        print(f"C {cost}: {', '.join(results)}; share of squared weights on the last {flat} directions {squared[:, :flat].sum() / squared.sum():.2f}")


if __name__ == "__main__":
    main()

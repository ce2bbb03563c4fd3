"""Opens every file of a run folder with the libraries that its readers have: NumPy, SciPy, safetensors and PyTorch.

    python tools/python-check/check_run.py runs/NAME

Fails with the first file that cannot be read or does not say what it should. A library that is not installed is named
in the last line, and what needs it is left out; --all makes that a failure too.
"""

import argparse
import importlib.util
import json
import pathlib
import sys

import numpy as np


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=pathlib.Path, help="folder of a finished run")
    parser.add_argument("--all", action="store_true", help="fail where a library is missing")
    arguments = parser.parse_args()
    missing = [name for name in ("scipy", "safetensors", "torch") if importlib.util.find_spec(name) is None]
    checked = check_run(arguments.run, missing)
    print(f"{checked} files are readable and agree with each other.")
    if missing:
        print(f"Not installed, and not checked with: {', '.join(missing)}.")
    return 1 if missing and arguments.all else 0


def check_run(run: pathlib.Path, missing: list[str]) -> int:
    config = json.loads((run / "config.json").read_text(encoding="utf-8"))
    topics, top_words = config["settings"]["numTopics"], config["settings"]["topWords"]
    checked = 1
    for language in config["dataset"]["languages"]:
        checked += check_language(run, language, topics, top_words)
    if not {"scipy"} & set(missing):
        checked += sum(check_words(run, language, pathlib.Path(config["paths"]["dataset"])) for language in config["dataset"]["languages"])
        checked += sum(check_sparse(path) for path in sorted(run.glob("documents_*.npz")))
    if not {"safetensors"} & set(missing):
        checked += sum(check_tensors(path, run, config, "torch" not in missing) for path in sorted(run.glob("model.safetensors")))
    return checked


def check_language(run: pathlib.Path, language: dict, topics: int, top_words: int) -> int:
    suffix = language["suffix"]
    vocabulary = (run / f"vocabulary_{suffix}.txt").read_text(encoding="utf-8").splitlines()
    require(len(vocabulary) == language["words"] == len(set(vocabulary)), f"vocabulary_{suffix}.txt", "has every word once")

    topic_word = np.load(run / f"topicWord_{suffix}.npy")
    require(topic_word.shape == (topics, len(vocabulary)), f"topicWord_{suffix}.npy", "is topics by vocabulary")
    require(np.allclose(topic_word.sum(axis=1), 1, atol=1e-4), f"topicWord_{suffix}.npy", "has rows that sum to 1")

    lines = [line.split(" ") for line in (run / f"T{top_words}_{suffix}.txt").read_text(encoding="utf-8").splitlines()]
    require(len(lines) == topics and all(len(line) == top_words for line in lines), f"T{top_words}_{suffix}.txt", "has a line a topic")
    weights_file = run / f"topicWeights_{suffix}.npy"
    ranked_by = np.load(weights_file) if weights_file.exists() else topic_word
    require(ranked_by.shape == topic_word.shape, weights_file.name, "is topics by vocabulary")
    for line, weights in zip(lines, ranked_by):
        listed = [weights[vocabulary.index(word)] for word in line]
        require(np.allclose(listed, np.sort(weights)[::-1][:top_words]), f"T{top_words}_{suffix}.txt", "lists the heaviest words")
    return 3 + sum(check_documents(run, language, split, topics) for split in ("train", "test"))


def check_documents(run: pathlib.Path, language: dict, split: str, topics: int) -> int:
    suffix, documents = language["suffix"], language[f"{split}Documents"]
    proportions_file = run / f"documentTopics_{suffix}_{split}.npy"
    if documents == 0:
        return 0
    proportions = np.load(proportions_file)
    require(proportions.shape == (documents, topics), proportions_file.name, "is documents by topics")
    require(np.allclose(proportions.sum(axis=1), 1, atol=1e-4), proportions_file.name, "has rows that sum to 1")
    means_file = run / f"documentMeans_{suffix}_{split}.npy"
    if not means_file.exists():
        return 1
    means = np.load(means_file)
    require(means.shape == proportions.shape and bool(np.isfinite(means).all()), means_file.name, "is documents by topics, finite")
    return 2


def check_words(run: pathlib.Path, language: dict, dataset: pathlib.Path) -> int:
    """p(w | k) of a neural run is what its training documents say: proportions times counts."""
    from scipy import sparse

    suffix = language["suffix"]
    counts_file = dataset / f"train_bow_matrix_{suffix}.npz"
    if not counts_file.exists() or not (run / f"topicWeights_{suffix}.npy").exists():
        return 0
    said = (sparse.load_npz(counts_file).T @ np.load(run / f"documentTopics_{suffix}_train.npy").astype(np.float64)).T
    said /= said.sum(axis=1, keepdims=True)
    require(np.allclose(np.load(run / f"topicWord_{suffix}.npy"), said, rtol=1e-3, atol=1e-7), f"topicWord_{suffix}.npy", "is what the training documents say")
    return 1


def check_sparse(path: pathlib.Path) -> int:
    from scipy import sparse

    rows = sparse.load_npz(path)
    require(sparse.issparse(rows) and rows.nnz > 0 and rows.data.min() > 0, path.name, "holds counts")
    return 1


def check_tensors(path: pathlib.Path, run: pathlib.Path, config: dict, with_torch: bool) -> int:
    from safetensors.numpy import load_file

    tensors = load_file(path)
    for language in config["dataset"]["languages"]:
        suffix = language["suffix"]
        for name in ("topicWord", "topicWeights"):
            if (run / f"{name}_{suffix}.npy").exists():
                require(np.array_equal(tensors[f"{name}.{suffix}"], np.load(run / f"{name}_{suffix}.npy")), path.name, f"has the topics of {name}_*.npy")
    if with_torch:
        from safetensors.torch import load_file as load_torch

        for name, tensor in load_torch(path).items():
            require(np.array_equal(tensor.numpy(), tensors[name]), path.name, f"is the same in PyTorch: {name}")
    return 1


def require(holds: bool, file: str, what: str) -> None:
    if not holds:
        sys.exit(f"{file}: it should be that it {what}, and is not so")


if __name__ == "__main__":
    sys.exit(main())

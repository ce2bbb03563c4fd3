"""Compares token ids and vectors that xtm made of texts with those of Python libraries reading the same model folder.

    node tools/embedder-bench/dist/encode.js MODEL FILES... --out ENCODED
    python tools/python-check/check_encoder.py ENCODED MODEL --prefix "query: " --pooling mean
"""
import argparse
import json
import pathlib
import sys

import numpy as np
import onnxruntime
from tokenizers import Tokenizer


def find(folder, *names):
    return next(path for name in names for path in [folder / name, folder / "onnx" / name] if path.exists())


def compare_ids(tokenizer, texts, ids):
    differing = [number for number, text in enumerate(texts) if tokenizer.encode(text).ids != ids[number]]
    print(f"ids: {len(texts) - len(differing)} of {len(texts)} texts alike, {sum(map(len, ids))} tokens")
    for number in differing[:5]:
        print(f"  {texts[number]!r}\n    {tokenizer.encode(texts[number]).ids}\n    {ids[number]}")
    return not differing


def encode(session, tokenizer, text, pooling):
    """One text at a time, so that no padding plays a part."""
    ids = np.array([tokenizer.encode(text).ids], dtype=np.int64)
    values = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
    output = session.run(None, {item.name: values[item.name] for item in session.get_inputs()})[0][0]
    vector = output if output.ndim == 1 else output[0] if pooling == "cls" else output.mean(axis=0)
    return vector / np.linalg.norm(vector)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("encoded", type=pathlib.Path)
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("--graph", default="model.onnx")
    parser.add_argument("--prefix", default="")
    parser.add_argument("--pooling", choices=["cls", "mean"], default="mean")
    parser.add_argument("--tolerance", type=float, default=1e-4, help="largest difference of a number of a vector (1e-4)")
    options = parser.parse_args()
    stored = json.loads((options.encoded / "texts.json").read_text("utf-8"))
    vectors = np.load(options.encoded / "vectors.npy")
    tokenizer = Tokenizer.from_file(str(find(options.model, "tokenizer.json")))
    tokenizer.no_truncation()
    alike = compare_ids(tokenizer, stored["texts"], stored["ids"])
    session = onnxruntime.InferenceSession(str(find(options.model, options.graph)), providers=["CPUExecutionProvider"])
    others = np.stack([encode(session, tokenizer, options.prefix + text, options.pooling) for text in stored["texts"]])
    cosines = (vectors * others).sum(axis=1) / np.linalg.norm(vectors, axis=1)
    worst = float(np.abs(vectors - others).max())
    print(f"vectors: cosine from {cosines.min():.7f}, mean {cosines.mean():.7f}; largest difference of a number {worst:.1e}")
    sys.exit(0 if alike and worst <= options.tolerance else 1)


main()

"""Times training steps of the backbones in PyTorch, in a program that shares nothing with xtm's.

    python tools/python-check/time_steps.py --model nmtm --formulation published --threads 1
    python tools/python-check/time_steps.py --check packages/backbones/golden

A step is a whole one: the batch is put together, its loss computed, the gradient, clipped where the model clips, Adam,
and the loss read back. `--formulation published` computes as the published repositories do, on dense bags of words and
dense matrices of word pairs; `idiomatic` is what one would write in PyTorch today, sparse where the data are. `--check`
compares both with golden cases that xtm's own tests are held to. Needs torch and numpy.
"""

import argparse
import dataclasses
import json
import pathlib
import resource
import statistics
import sys
import time

import torch

from torch_steps.backbones import BACKBONES
from torch_steps.formulations import FORMULATIONS
from torch_steps.golden import GoldenCase
from torch_steps.training import Batches, Training
from torch_steps.workload import Sizes, Workload

FEWEST_STEPS = 3
TOLERANCE = 1e-4


def main() -> int:
    arguments = parse_arguments()
    torch.manual_seed(arguments.seed)
    if arguments.threads is not None:
        torch.set_num_threads(arguments.threads)
    if arguments.check is not None:
        return check(arguments.check)
    measured = measure(arguments)
    print(json.dumps(measured) if arguments.json else describe(measured))
    return 0


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--model", choices=BACKBONES)
    what.add_argument("--check", type=pathlib.Path, metavar="FOLDER", help="compare with the golden cases in a folder")
    parser.add_argument("--formulation", choices=FORMULATIONS, default="published")
    parser.add_argument("--threads", type=int, help="default: PyTorch's own choice, one per core")
    parser.add_argument("--steps", type=int, default=100, help="timed steps")
    parser.add_argument("--warmup", type=int, default=10, help="steps before them")
    parser.add_argument("--seconds", type=float, default=20, help="time after which fewer steps are enough")
    parser.add_argument("--json", action="store_true", help="print one line of JSON")
    for field in dataclasses.fields(Sizes):
        parser.add_argument(f"--{field.name.replace('_', '-')}", type=int, default=field.default)
    # Before any work: what importing PyTorch takes, which is more where it brings CUDA.
    return parser.parse_args(namespace=argparse.Namespace(import_memory=peak_memory()))


def measure(arguments: argparse.Namespace) -> dict:
    sizes = Sizes(**{field.name: getattr(arguments, field.name) for field in dataclasses.fields(Sizes)})
    work, formulation = Workload(sizes), FORMULATIONS[arguments.formulation]
    training = Training(BACKBONES[arguments.model].create(work, formulation))
    batches = Batches(arguments.model, work, formulation)
    repeat(training, batches, arguments.warmup, arguments.seconds / 2, fewest=1)
    times = repeat(training, batches, arguments.steps, arguments.seconds, FEWEST_STEPS)
    return {
        "model": arguments.model,
        "formulation": arguments.formulation,
        "threads": torch.get_num_threads(),
        "steps": len(times),
        "wall": quantiles([wall for wall, _ in times]),
        "cpu": quantiles([cpu for _, cpu in times]),
        "peakMemory": peak_memory(),
        "importMemory": arguments.import_memory,
        "versions": f"PyTorch {torch.__version__}, Python {sys.version.split()[0]}",
    }


def repeat(training: Training, batches: Batches, steps: int, seconds: float, fewest: int) -> list[tuple[float, float]]:
    """Milliseconds and milliseconds of processor time of each step."""
    times, started = [], time.perf_counter()
    while len(times) < steps and (len(times) < fewest or time.perf_counter() - started < seconds):
        wall, cpu = time.perf_counter(), time.process_time()
        training.step(batches.take())
        times.append(((time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000))
    return times


def quantiles(figures: list[float]) -> dict[str, float]:
    ascending = sorted(figures)

    def at(share: float) -> float:
        place = share * (len(ascending) - 1)
        below, above = ascending[int(place)], ascending[min(int(place) + 1, len(ascending) - 1)]
        return below + (above - below) * (place - int(place))

    return {"median": statistics.median(ascending), "low": at(0.1), "high": at(0.9)}


def peak_memory() -> int:
    """Bytes; the system counts in KiB, macOS in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def describe(measured: dict) -> str:
    wall, memory = measured["wall"], [measured[kind] / 2**20 for kind in ("peakMemory", "importMemory")]
    return (
        f"{measured['model']}, {measured['formulation']}, threads: {measured['threads']}; {wall['median']:.1f} ms per "
        f"step ({wall['low']:.1f} to {wall['high']:.1f}), {measured['steps']} steps; peak memory {memory[0]:.0f} MiB, "
        f"{memory[1]:.0f} of them by importing; {measured['versions']}"
    )


def check(folder: pathlib.Path) -> int:
    files = sorted(folder.glob("backbone-*.json"))
    if not files:
        print(f"{folder} has no backbone-*.json", file=sys.stderr)
        return 2
    failed = 0
    for case in map(GoldenCase, files):
        for name, formulation in FORMULATIONS.items():
            difference = case.largest_difference(formulation)
            failed += difference > TOLERANCE
            print(f"{case.name}, {name}: largest relative difference {difference:.1e}")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())

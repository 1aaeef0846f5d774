#!/usr/bin/env python3
"""Prints how long networks take in every way there is: a Markdown table of medians in milliseconds, and of their ratios to MNN's own way.

usage: python3 scripts/bench-table.py [--networks DIR] [--only NAME,…] [--threads 1,2] [--rounds N] [--json FILE]

The columns are, for each network: the file that MNN's own converter makes of the unrewritten ONNX file, on MNN; our file on MNN; our file on
MNN with our kernels; our ONNX file on ONNX Runtime; our ONNX file through pnnx on ncnn. The networks are those of the zoo that
the project is for, with seeded weights, and the ONNX files in DIR, such as `scripts/export-models.py` writes.

Each number is measured in a process of its own, columns in turn (A B C A B C), so that whatever else the machine does hits all alike. A cell
has the median of all rounds; a ratio is the median of the rounds' ratios, with the smallest and the largest one. What can't be measured
is `-`, with the reason below the table. Progress is on stderr.

Exit codes: 0 measured, 1 a file of ours can't be made or run, 2 misuse.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ZOO = ["edgeformer-xs", "edgeformer-s", "edgeformer-h", "mobilevit-s", "ssd-edgeformer-s", "deeplabv3-edgeformer-s"]

STOCK, OURS, KERNELS, ONNX_RUNTIME, NCNN = COLUMNS = [
    "stock file, MNN", "our file, MNN", "our file, our kernels", "our ONNX, ONNX Runtime", "our ONNX, ncnn"]

# Runs of a file in each process; edgeconv takes up to ten times as many for warm-up, until times are stable.
WARMUP, RUNS = 1, 10


class Missing(Exception):
    """Why something can't be made or measured here."""


def run(command, **options):
    """What a program prints; `Missing` has the last line of its complaint."""
    try:
        result = subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)
    except OSError as error:
        raise Missing(f"{command[0]}: {error.strerror}") from error
    if result.returncode != 0:
        lines = (result.stderr or result.stdout).strip().splitlines()
        raise Missing(lines[-1].strip() if lines else f"{command[0]} ended with {result.returncode}")
    return result.stdout.strip()


def script(name, *arguments):
    return run(["sh", ROOT / "scripts" / name, *arguments])


class Ways:
    """Makes and times the files of one network."""

    def __init__(self, edgeconv, network, folder):
        self.edgeconv, self.network, self.folder = edgeconv, network, folder
        self.files = {}
        self.host = None

    def time(self, column, threads):
        """Milliseconds of a run, the median of one process."""
        if column == NCNN:
            python, param = self.made("ncnn")
            return float(run([python, ROOT / "scripts/ncnn_time.py", param, threads, WARMUP, RUNS]))
        file = self.made({STOCK: "stock", ONNX_RUNTIME: "onnx"}.get(column, "mnn"))
        kernels = ["--kernels", "mnn"] if column in (STOCK, OURS) else []
        report = json.loads(run([
            self.edgeconv, "bench", "--json", "--processes", 1, "--warmup", WARMUP, "--runs", RUNS, "--threads", threads, *kernels, file]))
        self.host = report["host"] if column == KERNELS else self.host
        return report["files"][0]["median_ms"]

    def made(self, part):
        """A file of the network, made at the first call; after a failure, the same failure."""
        if part not in self.files:
            try:
                self.files[part] = getattr(self, f"make_{part}")()
            except Missing as error:
                self.files[part] = error
        if isinstance(self.files[part], Missing):
            raise self.files[part]
        return self.files[part]

    def make_unrewritten(self):
        if isinstance(self.network, Path):
            return self.network
        return self.export("unrewritten", "onnx", "--rewrite", "none")

    def make_mnn(self):
        return self.export("ours", "mnn")

    def make_onnx(self):
        return self.export("ours", "onnx")

    def make_stock(self):
        stock = self.folder / "stock.mnn"
        script("stock-convert.sh", self.made("unrewritten"), stock)
        return stock

    def make_ncnn(self):
        """The Python that has ncnn, and the network's description, beside which pnnx leaves its weights."""
        python = Path(script("ncnn.sh"))
        # In the folder of our own ONNX file: pnnx writes beside what it reads.
        onnx = self.made("onnx")
        run([python.with_name("pnnx"), onnx.name, "fp16=0"], cwd=onnx.parent)
        param = onnx.with_name(f"{onnx.stem.replace('-', '_')}.ncnn.param")
        if not param.is_file():
            raise Missing(f"pnnx left no {param.name}")
        return python, param

    def export(self, folder, ending, *options):
        """What edgeconv makes of the network."""
        folder = self.folder / folder
        folder.mkdir(exist_ok=True)
        if isinstance(self.network, Path):
            file = folder / f"{self.network.stem}.{ending}"
            run([self.edgeconv, "convert", "--no-check", *options, "-o", file, self.network])
            return file
        run([self.edgeconv, "export", self.network, "--no-check", "--format", ending, *options, "-o", folder])
        return folder / f"{self.network}.{ending}"


def measure(ways, name, threads, rounds):
    """The row of a network: milliseconds of each round and column, and why columns are missing."""
    ms, missing = {column: [] for column in COLUMNS}, {}
    for number in range(1, rounds + 1):
        for column in COLUMNS:
            if column in missing:
                continue
            print(f"{name}, threads {threads}, round {number} of {rounds}: {column}", file=sys.stderr)
            try:
                ms[column].append(ways.time(column, threads))
            except Missing as error:
                missing[column] = str(error)
    return {"network": name, "threads": threads, "ms": {column: ms[column] for column in COLUMNS if column not in missing},
            "missing": missing}


def ratios(row, column):
    """Of each round, the time of a column in terms of the stock file's; none if one of both is missing.

    >>> ratios({"ms": {STOCK: [10.0, 20.0], OURS: [9.0, 16.0]}}, OURS)
    [0.9, 0.8]
    >>> ratios({"ms": {OURS: [9.0, 16.0]}}, OURS)
    []
    """
    return [ours / stock for ours, stock in zip(row["ms"].get(column, []), row["ms"].get(STOCK, []))]


def cell(row, column):
    """Milliseconds, and the ratio to the stock file with its spread.

    >>> row = {"ms": {STOCK: [10.0, 20.0, 12.0], OURS: [9.0, 16.0, 12.0]}}
    >>> cell(row, OURS), cell(row, STOCK), cell(row, NCNN)
    ('12.0, **0.90** (0.80–1.00)', '12.0 (10.0–20.0)', '-')
    >>> cell({"ms": {OURS: [9.0]}}, OURS)
    '9.0'
    """
    ms, to_stock = row["ms"].get(column), ratios(row, column)
    if not ms:
        return "-"
    text = f"{statistics.median(ms):.1f}"
    if column == STOCK:
        return f"{text} ({min(ms):.1f}–{max(ms):.1f})"
    if not to_stock:
        return text
    return f"{text}, **{statistics.median(to_stock):.2f}** ({min(to_stock):.2f}–{max(to_stock):.2f})"


def geometric_mean(rows, column):
    """Of the networks' ratios to the stock file, where there are any.

    >>> geometric_mean([{"ms": {STOCK: [1.0], OURS: [ratio]}} for ratio in [0.5, 2.0, 1.0]], OURS)
    '**1.00** (of 3)'
    >>> geometric_mean([{"ms": {STOCK: [1.0]}}], OURS)
    '-'
    """
    medians = [statistics.median(values) for values in (ratios(row, column) for row in rows) if values]
    return f"**{statistics.geometric_mean(medians):.2f}** (of {len(medians)})" if medians else "-"


def line(cells):
    print("|", " | ".join(cells), "|", flush=True)


def print_end(rows):
    """Geometric means for each number of threads, and why cells are missing."""
    for threads in sorted({row["threads"] for row in rows}):
        same = [row for row in rows if row["threads"] == threads]
        line(["geometric mean", str(threads), "1", *(geometric_mean(same, column) for column in COLUMNS[1:])])
    reasons = {}
    for row in rows:
        for column, reason in row["missing"].items():
            reasons.setdefault((column, reason), {})[row["network"]] = None
    for (column, reason), networks in reasons.items():
        print(f"\nNot measured: {column} of {', '.join(networks)}: {reason}")


def describe(host):
    """The machine in one line."""
    kernels = f" with {host['kernels']} kernels" if host.get("kernels") else ""
    load = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    return f"{host['cpu']} ({host['machine']}, {host['cores']} cores), MNN {host['mnn']}{kernels}; load {load}"


def numbers(text):
    """The numbers of threads in an argument."""
    values = [int(part) for part in text.split(",")]
    if min(values) < 1:
        raise ValueError
    return values


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--networks", type=Path, metavar="DIR", help="also all ONNX files of this folder")
    parser.add_argument("--only", type=lambda text: text.split(","), metavar="NAME,…", help="these networks, of those and of the zoo")
    parser.add_argument("--threads", type=numbers, default=[1], metavar="N,…", help="numbers of threads [default: 1]")
    parser.add_argument("--rounds", type=lambda text: numbers(text)[0], default=3, metavar="N", help="processes of each cell [default: 3]")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write every process's median")
    parser.add_argument("--edgeconv", type=Path, default=ROOT / "target/release/edgeconv", help="the program [default: %(default)s]")
    chosen = parser.parse_args()
    if not chosen.edgeconv.is_file():
        parser.error(f"{chosen.edgeconv} is missing: cargo build --release --bins")
    networks = {name: name for name in ZOO}
    if chosen.networks:
        files = sorted(chosen.networks.resolve().glob("*.onnx"))
        if not files:
            parser.error(f"--networks: expected a folder with ONNX files, found none in {chosen.networks}")
        networks |= {file.stem: file for file in files}
    if unknown := set(chosen.only or []) - set(networks):
        parser.error(f"--only: {', '.join(sorted(unknown))}: expected some of {', '.join(networks)}")
    if chosen.json and not chosen.json.absolute().parent.is_dir():
        parser.error(f"--json: there is no folder for {chosen.json}")
    chosen.networks = {name: network for name, network in networks.items() if name in (chosen.only or networks)}
    return chosen


def main():
    chosen = arguments()
    if "ORT_DYLIB_PATH" not in os.environ:
        try:
            os.environ["ORT_DYLIB_PATH"] = script("onnxruntime.sh")
        except Missing:
            pass  # edgeconv looks for Python's package, and says so if there is none.
    rows, host = [], None
    line(["ms, **ratio** (spread)", "threads", *COLUMNS])
    line(["---", *["--:"] * (1 + len(COLUMNS))])
    for name, network in chosen.networks.items():
        with tempfile.TemporaryDirectory() as folder:
            ways = Ways(chosen.edgeconv.resolve(), network, Path(folder))
            for threads in chosen.threads:
                rows.append(measure(ways, name, threads, chosen.rounds))
                line([name, str(threads), *(cell(rows[-1], column) for column in COLUMNS)])
            host = ways.host or host
    print_end(rows)
    if host:
        print(f"\n{describe(host)}; processes of each cell: {chosen.rounds}, runs in each: {RUNS}")
    if chosen.json:
        chosen.json.write_text(json.dumps({"host": host, "rows": rows}, indent=1, ensure_ascii=False) + "\n")
    return 1 if any(column in row["missing"] for row in rows for column in (OURS, KERNELS)) else 0


if __name__ == "__main__":
    sys.exit(main())

"""A hundred thousand returns through the program, and what each step costs.

    python3 tests/tools/scale_run.py target/release/duban WORK [--units 8400] [--tasks 8400] [--periods 12]

Makes an office of 1,000 units (the yardstick), then a large one with the same share of tasks, in the empty folder
WORK. Of each month, and of the last quarter where all twelve are run, it writes forms, fills them, takes the returns
in, and empties what is not the ledger; then it asks for status, statistics, the leaders' workbooks and the chain. One line of JSON per step: cpu seconds (user and system of the process and its
workers), wall seconds, peak memory in MB, and per return. Nothing but the standard library is needed; memory is read
as Linux counts it. At the end: cpu per return of the last period against the yardstick.
"""

import argparse
import calendar
import json
import os
import pathlib
import subprocess
import sys
import time

YEAR = 2024


def run(duban, words, cwd, keep=False):
    """Runs duban and gives (cpu, wall, peak MB, output); exit code 2 ends everything."""
    start = time.monotonic()
    out = subprocess.PIPE if keep else subprocess.DEVNULL
    child = subprocess.Popen([duban, *words], cwd=cwd, stdout=out, stderr=subprocess.DEVNULL)
    text = child.stdout.read() if keep else b""
    _, state, used = os.wait4(child.pid, 0)
    code = os.waitstatus_to_exitcode(state)
    if code not in (0, 1):
        sys.exit(f"duban {' '.join(words)}: exit code {code}")
    return used.ru_utime + used.ru_stime, time.monotonic() - start, used.ru_maxrss / 1024, text


def say(step, measured, **more):
    cpu, wall, peak, _ = measured
    row = {"step": step, "cpu_s": round(cpu, 2), "wall_s": round(wall, 2), "peak_mb": round(peak)}
    print(json.dumps(row | more), flush=True)


def files(folder):
    return sum(1 for f in folder.glob("*.xlsx"))


def put_aside(folder, to):
    """Empties the files of a folder and moves it away.

    They are not removed while anything is measured: for minutes ext4 passes over inodes that were just freed, and
    searching for others made an ingest after 30,000 removals three times as dear.
    """
    if folder.exists():
        for file in folder.rglob("*"):
            if file.is_file():
                os.truncate(file, 0)
        to.parent.mkdir(parents=True, exist_ok=True)
        folder.rename(to)


class Office:
    def __init__(self, duban, root, units, tasks):
        self.duban, self.root, self.units, self.tasks = duban, root, units, tasks
        self.aside = root.parent / f"{root.name}-aside"

    def collect(self, period, month):
        """Forms, returns and intake of a period that ends with that month; gives returns, cpu each, peak memory."""
        last = calendar.monthrange(YEAR, month)[1]
        printed = ["--now", f"{YEAR}-{month:02}-{last}T09:00:00"]
        year, month = (YEAR, month + 1) if month < 12 else (YEAR + 1, 1)
        taking = ["--now", f"{year}-{month:02}-12T09:00:00"]
        name = {"units": self.units, "period": period}
        if not self.root.exists():
            size = ["--units", str(self.units), "--tasks", str(self.tasks)]
            made = run(self.duban, ["-C", str(self.root), "simulate", *size], None)
            say("office, forms, returns", made, **name)
        else:
            say("template", run(self.duban, ["template", "--period", period, *printed], self.root), **name)
            say("simulate", run(self.duban, ["simulate", "--period", period, *printed], self.root), **name)
        returns = files(self.root / "returns" / period)
        taken = run(self.duban, ["ingest", "--period", period, *taking], self.root)
        each = taken[0] / returns * 1000
        say("ingest", taken, **name, returns=returns, cpu_ms_each=round(each, 3))
        for folder in ("templates", "returns", "feedback", "archive"):
            put_aside(self.root / folder / period, self.aside / f"{folder}-{period}")
        return returns, each, taken[2]


def main():
    args = argparse.ArgumentParser()
    args.add_argument("duban", type=lambda p: str(pathlib.Path(p).resolve()))
    args.add_argument("work", type=pathlib.Path)
    args.add_argument("--units", type=int, default=8400)
    args.add_argument("--tasks", type=int, default=8400)
    args.add_argument("--periods", type=int, default=12)
    args = args.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    small = Office(args.duban, args.work / "thousand", 1000, 1000 * args.tasks // args.units)
    _, yardstick, _ = small.collect(f"{YEAR}-01", 1)
    large = Office(args.duban, args.work / "large", args.units, args.tasks)
    total, each, peak = 0, 0.0, 0.0
    periods = [(f"{YEAR}-{n:02}", n) for n in range(1, args.periods + 1)]
    if args.periods == 12:
        periods.append((f"{YEAR}-Q4", 12))
    for period, month in periods:
        returns, each, used = large.collect(period, month)
        total, peak = total + returns, max(peak, used)
    period = f"{YEAR}-{args.periods:02}"
    name = {"units": args.units, "period": period}
    for words in (["status"], ["stats", "--by", "section"], ["stats", "--by", "task"], ["report"]):
        asked = [*words, "--period", period, *(["--json"] if words != ["report"] else [])]
        say(" ".join(words), run(args.duban, asked, large.root, keep=True), **name)
    say("ledger verify", run(args.duban, ["ledger", "verify"], large.root, keep=True), **name)
    print(json.dumps({
        "returns": total, "cpu_ms_each_of_1000": round(yardstick, 3), "cpu_ms_each_last": round(each, 3),
        "ratio": round(each / yardstick, 3), "peak_mb_of_ingest": round(peak),
        "ledger_mb": round((large.root / "ledger.db").stat().st_size / 1e6),
    }))


if __name__ == "__main__":
    main()

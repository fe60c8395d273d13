"""Completion rates from an export, by DuckDB, polars, pandas and PySpark, against what duban itself prints.

    python3 tests/tools/parquet_check.py target/release/duban OFFICE [ENGINE…]

Exports the ledger of the office folder OFFICE into a temporary folder, asks each engine that is installed for 完成率
and 达序时率 in total, by section, by leader and by lead unit of every period, and compares the counts with
`duban stats --json`. Without ENGINE all four are asked. Engines that are missing are named and skipped; exit code 1 if a count differs or none was
there. The queries are those of docs/scale.md.
"""

import collections
import json
import pathlib
import subprocess
import sys
import tempfile

TASKS = "task_stats/period=*/part.parquet"
PARTS = "part_stats/period=*/part.parquet"

TOTAL = """
SELECT period, sum(CAST(done AS INT)) AS done, sum(CAST(on_schedule AS INT)) AS on_schedule, count(*) AS due
FROM task_stats GROUP BY period
"""
SECTION = TOTAL.replace("SELECT period,", "SELECT period, section,").replace("BY period", "BY period, section")
UNIT = """
SELECT period, unit, sum(CAST(done AS INT)) AS done, sum(CAST(on_schedule AS INT)) AS on_schedule, count(*) AS due
FROM part_stats GROUP BY period, unit
"""
LEADER_DUCKDB = """
SELECT period, leader, sum(CAST(done AS INT)) AS done, sum(CAST(on_schedule AS INT)) AS on_schedule, count(*) AS due
FROM (SELECT *, unnest(string_split(leaders, '、')) AS leader FROM task_stats) GROUP BY period, leader
"""
LEADER_SPARK = LEADER_DUCKDB.replace("unnest(string_split(leaders, '、'))", "explode(split(leaders, '、'))")


def wanted(duban, office, periods):
    """What duban prints: {(table, period, key): (done, on_schedule, due)}."""
    out = {}
    for period in periods:
        for by in ("section", "unit", "leader"):
            words = [duban, "stats", "--period", period, "--by", by, "--json"]
            table = json.loads(subprocess.run(words, cwd=office, capture_output=True, check=True).stdout)
            # A task without a leader has no name in the export; duban has a row for it.
            key = {"未明确": ""}
            rows = [(by, period, key.get(r["key"], r["key"]), r) for r in table["rows"]]
            if by == "section":
                rows.append(("total", period, "", table["total"]))
            for by_, p, key, row in rows:
                done, on = row["completion"], row["on_schedule"]
                if done["due"]:
                    out[by_, p, key] = (done["done"], on["done"], done["due"])
    return out


def rows_to_counts(table, rows):
    """Rows (period, [key,] done, on_schedule, due) as `wanted` has them."""
    out = {}
    for period, *key, done, on, due in rows:
        out[table, str(period), str(key[0]) if key else ""] = (int(done), int(on), int(due))
    return out


def by_duckdb(root):
    import duckdb

    con = duckdb.connect()
    for table in ("task_stats", "part_stats"):
        con.execute(
            f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{root}/{table}/*/part.parquet', "
            "hive_partitioning = true, hive_types = {'period': VARCHAR})"
        )
    out = {}
    for table, sql in (("total", TOTAL), ("section", SECTION), ("unit", UNIT), ("leader", LEADER_DUCKDB)):
        out |= rows_to_counts(table, con.execute(sql).fetchall())
    return out


def by_spark(root):
    from pyspark.sql import SparkSession

    spark = (
        SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.sql.sources.partitionColumnTypeInference.enabled", "false").getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    for table in ("task_stats", "part_stats"):
        spark.read.parquet(f"{root}/{table}").createOrReplaceTempView(table)
    out = {}
    for table, sql in (("total", TOTAL), ("section", SECTION), ("unit", UNIT), ("leader", LEADER_SPARK)):
        out |= rows_to_counts(table, [tuple(r) for r in spark.sql(sql).collect()])
    spark.stop()
    return out


def by_polars(root):
    import polars as pl

    counts = [pl.col("done").sum(), pl.col("on_schedule").sum(), pl.len().alias("due")]
    tasks = pl.scan_parquet(f"{root}/{TASKS}", hive_partitioning=True, hive_schema={"period": pl.String})
    parts = pl.scan_parquet(f"{root}/{PARTS}", hive_partitioning=True, hive_schema={"period": pl.String})
    leaders = tasks.with_columns(leader=pl.col("leaders").str.split("、")).explode("leader")
    out = {}
    for table, frame, keys in (
        ("total", tasks, []), ("section", tasks, ["section"]), ("unit", parts, ["unit"]), ("leader", leaders, ["leader"]),
    ):
        out |= rows_to_counts(table, frame.group_by(["period", *keys]).agg(counts).collect().rows())
    return out


def by_pandas(root):
    import pandas as pd

    def read(table):
        parts = sorted(pathlib.Path(root, table).glob("period=*/part.parquet"))
        frames = [pd.read_parquet(p).assign(period=p.parent.name.removeprefix("period=")) for p in parts]
        return pd.concat(frames)

    def count(table, frame, keys):
        by = frame.groupby(["period", *keys], dropna=False)
        agg = by.agg(done=("done", "sum"), on_schedule=("on_schedule", "sum"), due=("task", "size")).reset_index()
        return rows_to_counts(table, agg.itertuples(index=False, name=None))

    tasks, parts = read("task_stats"), read("part_stats")
    leaders = tasks.assign(leader=tasks["leaders"].str.split("、")).explode("leader")
    return (
        count("total", tasks, []) | count("section", tasks, ["section"])
        | count("unit", parts, ["unit"]) | count("leader", leaders, ["leader"])
    )


def main():
    duban, office = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
    asked = differing = 0
    with tempfile.TemporaryDirectory() as root:
        subprocess.run([duban, "ledger", "export", root], cwd=office, check=True, capture_output=True)
        periods = sorted(p.name.removeprefix("period=") for p in pathlib.Path(root, "task_stats").iterdir())
        want = wanted(duban, office, periods)
        sizes = collections.Counter(key[0] for key in want)
        print(f"{len(periods)} periods; counts: {dict(sizes)}")
        only = sys.argv[3:]
        for name, engine in (("duckdb", by_duckdb), ("polars", by_polars), ("pandas", by_pandas), ("pyspark", by_spark)):
            if only and name not in only:
                continue
            try:
                found = engine(root)
            except ImportError as missing:
                print(f"skipped {name}: {missing}")
                continue
            asked += 1
            wrong = [k for k in want.keys() | found.keys() if want.get(k) != found.get(k)]
            differing += len(wrong)
            print(f"{name}: {len(found)} counts, {len(wrong)} differ")
            for key in sorted(wrong)[:5]:
                print(f"  {key}: duban {want.get(key)}, {name} {found.get(key)}")
    if not asked:
        print("no engine is installed: pip install duckdb pyarrow")
    sys.exit(0 if asked and not differing else 1)


if __name__ == "__main__":
    main()

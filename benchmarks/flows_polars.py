"""Measures of flows by polars for the same definitions, each with its figures, to compare with ours."""

from __future__ import annotations

BEGIN = """
import json, sys, time
import duckdb
import polars as pl

DAY, GAP, BACK = 86_400_000, 30 * 86_400_000, 30 * 86_400_000
parquet = sys.argv[1] + ".parquet"
connection = duckdb.connect(sys.argv[1], read_only=True)
connection.execute("SET enable_progress_bar = false")
columns = "customer, moment, seq, kind, channel, stage, value"
connection.execute(f"COPY (SELECT {columns} FROM events) TO '{parquet}'")
connection.close()
texts = [pl.col(name).cast(pl.Categorical) for name in ("kind", "channel", "stage")]
events = pl.read_parquet(parquet).with_columns(texts)
wall, processor = time.perf_counter(), time.process_time()
last = events["moment"].max()
own = events.lazy().sort("customer", "moment", "seq")
buys = pl.col("kind") == "purchase"
away = (pl.col("moment") - pl.col("moment").shift().over("customer")).fill_null(GAP + 1)
flows = (
    own.with_columns((away > GAP).cum_sum().over("customer").alias("flow"))
    .group_by("customer", "flow")
    .agg(
        pl.col("moment").first().alias("started"), pl.col("moment").last().alias("ended"),
        pl.col("kind").first().alias("entry_kind"), pl.col("channel").first().alias("entry_channel"),
        pl.col("kind").last().alias("exit_kind"), pl.col("channel").last().alias("exit_channel"),
        pl.col("stage").last().alias("exit_stage"), buys.any().alias("bought"),
    )
    .sort("customer", "flow")
    .with_columns(pl.col("started").shift(-1).over("customer").alias("next"))
    .with_columns(((pl.col("ended") < last - GAP) & ~pl.col("bought")).alias("lost"))
)
"""
"""The events as the product has them: customers are numbers, and texts that repeat are categories."""
END = """
took = time.perf_counter() - wall, time.process_time() - processor
print(json.dumps([*took, found]))
"""
MEASURES = {
    "returns": """
lost, back = pl.col("lost"), pl.col("lost") & pl.col("next").is_not_null()
row = flows.select(
    lost.sum().alias("a"), back.sum().alias("b"), pl.col("customer").filter(lost).n_unique().alias("c"),
    pl.col("customer").filter(back).n_unique().alias("d"),
).collect().row(0)
found = [row[0], row[1], row[3] / row[2]]
""",
    "return_days_median": """
back = flows.filter(pl.col("lost") & pl.col("next").is_not_null())
found = [back.select((pl.col("next") - pl.col("ended")).median()).collect().item() / DAY]
""",
    "entry_points": """
rows = flows.group_by("entry_kind", "entry_channel").agg(
    pl.len(), (pl.col("flow") == 1).sum().alias("new"),
).collect()
found = sorted(rows["len"].to_list(), reverse=True)
""",
    "exit_points": """
rows = flows.filter(pl.col("lost")).group_by("exit_kind", "exit_channel", "exit_stage").agg(
    pl.len(), pl.col("next").is_not_null().sum().alias("returned"),
).collect()
found = sorted(rows["len"].to_list(), reverse=True)
""",
    "repeat_rate": """
bought = own.filter(buys).group_by("customer").agg(pl.len())
row = bought.select(pl.len().alias("n"), (pl.col("len") > 1).sum().alias("more")).collect().row(0)
found = [row[1] / row[0]]
""",
    "time_in_stage": """
staged = own.filter(pl.col("stage").is_not_null())
arrivals = staged.filter(
    (pl.col("stage") != pl.col("stage").shift().over("customer")).fill_null(True)
).with_columns((pl.col("moment").shift(-1).over("customer") - pl.col("moment")).alias("stay"))
rows = arrivals.group_by("stage").agg(
    pl.col("stay").count().alias("stays"), pl.col("stay").mean().alias("mean"),
    pl.col("stay").median().alias("median"), pl.col("stay").null_count().alias("open"),
).collect()
found = sorted(value / DAY for value in rows["median"].to_list())
""",
    "at_risk": """
recent = own.with_columns(
    (pl.col("moment") - pl.col("moment").shift().over("customer")).alias("pause")
).group_by("customer").agg(
    pl.col("moment").last().alias("ended"), pl.col("pause").count().alias("pauses"),
    pl.col("pause").quantile(0.9, "linear").alias("usual"),
)
gone = last - pl.col("ended")
risky = recent.filter((gone <= GAP) & (pl.col("pauses") >= 3) & (gone > pl.col("usual")))
found = [risky.select(pl.len()).collect().item()]
""",
    "stage_conversion_any": """
WINDOW = 90 * DAY
place = pl.col("kind").cast(pl.String).replace_strict({"visit": 1, "quote": 2, "purchase": 3}, default=None)
chain = own.with_columns(place.alias("place")).filter(pl.col("place").is_not_null()).sort(
    "customer", "moment", "place"
).with_columns(pl.when(pl.col("place") == 1).then(pl.col("moment")).alias("start_1"))
for step in (2, 3):
    latest = pl.col(f"start_{step - 1}").cum_max().forward_fill().shift().over("customer")
    chain = chain.with_columns(latest.alias("latest")).with_columns(
        pl.when((pl.col("place") == step) & (pl.col("moment") - pl.col("latest") <= WINDOW))
        .then(pl.col("latest")).alias(f"start_{step}")
    )
reached = [
    pl.col("customer").filter(pl.col(f"start_{step}").is_not_null()).n_unique().alias(f"reached_{step}")
    for step in (1, 2, 3)
]
found = list(chain.select(reached).collect().row(0))
""",
    "cohorts": """
first = own.group_by("customer").agg(
    pl.col("moment").filter(buys).first().alias("first"), buys.sum().alias("purchases"),
    pl.col("value").sum(),
).filter(pl.col("purchases") > 0)
month = pl.from_epoch("first", time_unit="ms").dt.strftime("%Y-%m")
rows = first.with_columns(month.alias("month")).group_by("month").agg(
    pl.len(), pl.col("purchases").sum(), pl.col("value").sum(),
    (pl.col("purchases") > 1).sum().alias("repeated"),
).sort("month").collect()
found = rows["len"].to_list()
""",
    "paths": """
bought_at = pl.when(buys).then(pl.col("moment"))
touches = own.with_columns(
    (buys.cast(pl.Int32).cum_sum().over("customer") - buys.cast(pl.Int32)).alias("journey"),
    bought_at.backward_fill().over("customer").alias("purchased"),
    buys.any().over("customer").alias("buyer"),
    pl.col("moment").max().over("customer").alias("latest"),
).filter(
    pl.col("channel").is_not_null()
    & ((pl.col("moment") >= pl.col("purchased") - BACK)
       | (~pl.col("buyer") & (pl.col("moment") >= pl.col("latest") - BACK))).fill_null(False)
)
kept = touches.filter(
    (pl.col("channel") != pl.col("channel").shift().over("customer", "journey")).fill_null(True)
)
paths = kept.group_by("customer", "journey").agg(
    pl.col("channel").cast(pl.String).str.join(" > ").alias("path"), pl.col("buyer").first(),
)
rows = paths.group_by("path").agg(pl.col("buyer").sum().alias("won"), pl.len()).collect()
found = sorted(rows["won"].to_list(), reverse=True)[:20]
""",
}
"""Measure -> polars for it; `found` are the figures that ours are compared with."""
IDS = {
    "returns": ("exits", "returns", "return_rate"),
    "return_days_median": ("return_days_median",),
    "entry_points": ("entry_points",),
    "exit_points": ("exit_points",),
    "repeat_rate": ("repeat_rate",),
    "time_in_stage": ("time_in_stage",),
    "at_risk": ("at_risk",),
    "stage_conversion_any": ("stage_conversion_any",),
    "cohorts": ("cohorts",),
    "paths": ("paths",),
}
"""Measure -> the ids of ours."""
OURS = """
import json, sys, time
import duckdb
from lfroadmap.flows.measures import measure
from lfroadmap.flows.parameters import Parameters
from lfroadmap.flows.sources.engine import bytes_of, duckdb_limit

path, ids = sys.argv[1], json.loads(sys.argv[2])
config = {"memory_limit": f"{duckdb_limit(bytes_of('2GB')) // 1024} KiB", "temp_directory": path + ".spill"}
connection = duckdb.connect(path, config=config | {"threads": 2})
connection.execute("SET enable_progress_bar = false")
wall, processor = time.perf_counter(), time.process_time()
steps = ("visit", "quote", "purchase") if "stage_conversion_any" in ids else ()
measures = measure(connection, Parameters(steps=steps), ids).to_json()["measures"]
took = time.perf_counter() - wall, time.process_time() - processor
counted = {"entry_points": "entries", "exit_points": "exits", "paths": "conversions"}
counted |= {"time_in_stage": "median_days", "stage_conversion_any": "customers", "cohorts": "buyers"}
found = []
for id, each in measures.items():
    found += [each["value"]] if isinstance(each, dict) else [row[counted[id]] for row in each]
if "time_in_stage" in measures:
    found.sort()
print(json.dumps([*took, found[:20] if "paths" in measures else found]))
"""


def by_polars(name: str) -> str:
    """The program that measures by polars."""
    return BEGIN + MEASURES[name] + END

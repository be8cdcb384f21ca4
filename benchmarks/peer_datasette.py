"""Datasette over our own SQLite file, with the same question as queries that have a name.

Runs in the peers' own environment: `uvicorn benchmarks.peer_datasette:app`. PEER_DATABASE is the
file. It answers `/groups/near.json?…` and
`/groups/near_by_strips.json?…` with its own JSON of rows.
"""

import os
from pathlib import Path

from datasette.app import Datasette

ROWS = """
SELECT g.id, g.name, g.talking_level, g.is_talking_known, g.main_format, g.cost_kind, g.cost_pence,
       v.name AS venue, v.kind AS venue_kind, v.locality, g.latitude, g.longitude,
       (SELECT json_group_array(s.weekday || ' ' || s.starts) FROM sessions s
         WHERE s.group_id = g.id) AS sessions,
       sqrt(((g.latitude - :lat) * 111200.0) * ((g.latitude - :lat) * 111200.0)
          + ((g.longitude - :lng) * :metres) * ((g.longitude - :lng) * :metres)) AS distance_m
  FROM groups g JOIN venues v ON v.id = g.venue_id
 WHERE g.state = 'published'
   AND g.longitude BETWEEN :west AND :east
   AND distance_m <= CAST(:radius AS REAL)
   AND {latitude}
 ORDER BY distance_m
"""
# As somebody writes it who has a table with latitudes and longitudes, and as somebody who has
# read our code and knows of the strips in its index.
PLAIN = ROWS.format(latitude="g.latitude BETWEEN :south AND :north")
BY_STRIPS = ROWS.format(latitude="g.lat_band IN (SELECT value FROM json_each(:strips))")
QUERIES = {"near": {"sql": PLAIN}, "near_by_strips": {"sql": BY_STRIPS}}
METADATA = {"databases": {"groups": {"queries": QUERIES}}}

file = Path(os.environ["PEER_DATABASE"])
app = Datasette(
    immutables=[str(file)],
    metadata=METADATA,
    settings={"max_returned_rows": 2_000, "sql_time_limit_ms": 20_000, "num_sql_threads": 3},
).app()

"""Canonical tables of a large shop, the same for the same seed: skewed customers and SKUs over three years.

Written as Parquet by DuckDB in seconds, because facts and pages are measured here, not reading files: ``history`` holds
99 % of the orders by time and everything else, ``append`` the last 1 %.
"""

from pathlib import Path

import duckdb

ORDERS_PER_LINE, CUSTOMERS_PER_LINE = 0.6, 0.15
TABLES = ("orders", "order_items", "products", "channels", "customers")
SKUS = 20_000

_ORDERS = """
CREATE TABLE orders AS
WITH draws AS (
  SELECT i, {draw(1)} AS who, {draw(2)} AS spend, {draw(3)} AS known, {draw(4)} AS state, (hash(i * 11 + 5) % 8)::INT AS c
  FROM range({orders}) t(i))
SELECT 'T' || lpad(i::VARCHAR, 12, '0') AS order_id,
       CASE WHEN known >= 0.05 THEN md5((floor({customers} * who ** 1.5))::BIGINT::VARCHAR) END AS customer_id,
       'channel' || c AS channel_id, ['taobao', 'jd', 'douyin', 'wechat', 'wechat', 'pos', 'pos', 'shopify'][1 + c] AS platform,
       TIMESTAMP '2023-01-01' + to_seconds((i * 94694400.0 / {orders})::BIGINT) AS created_at,
       CASE WHEN state >= 0.06 THEN created_at + INTERVAL 2 MINUTE END AS paid_at,
       CASE WHEN state < 0.06 THEN 'cancelled' WHEN state < 0.16 THEN 'refunded' ELSE 'completed' END AS status,
       (100000 + floor(spend * 3000000))::BIGINT AS paid_amount,
       CASE WHEN state BETWEEN 0.06 AND 0.16 THEN paid_amount // (1 + i % 2) END AS refund_amount,
       CASE WHEN state BETWEEN 0.06 AND 0.16 THEN created_at + to_days((1 + i % 20)::INT) END AS refunded_at,
       ['广东', '浙江', '江苏', '上海', '北京', '山东', '四川', '湖北'][1 + (hash(i * 11 + 6) % 8)::INT] AS ship_province,
       1 + (i % 3 > 0)::INT + (i % 9 > 6)::INT AS lines, i + 2 AS row_no
FROM draws
"""
_ITEMS = """
CREATE TABLE order_items AS
SELECT order_id, k::VARCHAR AS line_key, 'S' || floor({skus} * (hash(o.row_no * 8 + k) / 18446744073709551616.0) ** 2)::INT
       AS sku_id, '商品 ' || sku_id AS product_name, (1 + hash(o.row_no * 8 + k + 3) % 3)::BIGINT * 10000 AS qty,
       paid_amount // lines AS paid_amount, paid_amount * 11 // (lines * 10) AS gross_amount, o.row_no, o.created_at
FROM orders o, range(1, 4) r(k) WHERE k <= lines
"""
_OTHERS = (
    (
        "CREATE TABLE products AS SELECT 'S' || i AS sku_id, '类目' || (i % 30) AS category_l1, 50000 + i AS unit_cost,"
        " i + 2 AS row_no FROM range({skus}) t(i)"
    ),
    (
        "CREATE TABLE channels AS SELECT 'channel' || i AS channel_id, CASE WHEN i IN (3, 4, 7) THEN 'private' WHEN i < 3"
        " THEN 'public' END AS domain, i + 2 AS row_no FROM range(8) t(i)"
    ),
    (
        "CREATE TABLE customers AS SELECT md5(i::VARCHAR) AS customer_id, CASE WHEN i % 5 < 2 THEN"
        " DATE '2023-01-01' + (i % 1000)::INT END AS member_since, i + 2 AS row_no FROM range({customers}) t(i)"
    ),
)


def write(folder: Path, *, lines: int) -> None:
    """Write ``<table>.<part>.parquet`` for about ``lines`` order lines; parts are ``history`` and ``append``."""
    numbers = {"orders": int(lines * ORDERS_PER_LINE), "customers": int(lines * CUSTOMERS_PER_LINE), "skus": SKUS}
    draws = {f"draw({n})": f"(hash(i * 11 + {n}) / 18446744073709551616.0)" for n in range(1, 5)}
    database = folder / "made.duckdb"
    with duckdb.connect(str(database), config={"memory_limit": "2GB", "preserve_insertion_order": False}) as made:
        for statement in (_ORDERS, _ITEMS, *_OTHERS):
            made.execute(_filled(statement, {**numbers, **draws})).fetchall()
        [(cut,)] = made.execute("SELECT quantile_disc(created_at, 0.99) FROM orders").fetchall()
        for name in TABLES:
            _copy(made, folder, name, cut=str(cut))
    database.unlink()


def _filled(statement: str, values: dict[str, object]) -> str:
    for name, value in values.items():
        statement = statement.replace("{" + name + "}", str(value))
    return statement


def _copy(made: duckdb.DuckDBPyConnection, folder: Path, name: str, *, cut: str) -> None:
    drop = {"orders": "EXCLUDE (lines)", "order_items": "EXCLUDE (created_at)"}.get(name, "")
    parts = {"history": f"created_at <= '{cut}'", "append": f"created_at > '{cut}'"} if drop else {"history": "true"}
    for part, which in parts.items():
        path = folder / f"{name}.{part}.parquet"
        made.execute(f"COPY (SELECT * {drop} FROM {name} WHERE {which}) TO '{path}' (FORMAT parquet)").fetchall()

"""Large CSV files, the same for the same seed: orders under our own column names, or order lines as a shop writes them."""

from pathlib import Path

import duckdb

ROWS_PER_GIGABYTE = {"orders": 9_000_000, "lines": 7_200_000}

_ORDERS = """
  SELECT 'T' || (2025000000000 + r) AS order_id,
         'member' || ((hash(r + $seed) % 2000000) * (hash(r * 3 + $seed) % 1000) // 1000) AS customer_id,
         ['tmall', 'jd', 'douyin', 'wecom'][(1 + hash(r * 13 + $seed) % 4)::INT] AS channel_id,
         strftime(TIMESTAMP '2023-01-01' + to_seconds(r * $gap), '%Y-%m-%d %H:%M:%S') AS created_at,
         strftime(TIMESTAMP '2023-01-01' + to_seconds(r * $gap + 90), '%Y-%m-%d %H:%M:%S') AS paid_at,
         ['completed', 'completed', 'completed', 'shipped', 'paid', 'cancelled'][(1 + hash(r * 11 + $seed) % 6)::INT] AS status,
         ((100 + hash(r * 7 + $seed) % 20000) / 100)::DECIMAL(12, 2) AS paid_amount,
         ((hash(r * 5 + $seed) % 2000) / 100)::DECIMAL(12, 2) AS discount_amount,
         ['alipay', 'wechat', 'card'][(1 + hash(r * 17 + $seed) % 3)::INT] AS payment_method,
         ['浙江', '广东', '江苏', '北京', '上海'][(1 + hash(r * 19 + $seed) % 5)::INT] AS ship_province,
         'CNY' AS currency
  FROM range($rows) t(r)
"""

_LINES = """
  SELECT 'T' || (2025000000000 + r // 2) AS order_id,
         'T' || (2025000000000 + r // 2) || '-' || (r % 2 + 1) AS line_id,
         'member' || ((hash(r // 2 + $seed) % 900000) * (hash(r // 2 * 3 + $seed) % 1000) // 1000) AS customer_key,
         'SKU-' || lpad((hash(r * 7 + $seed) % 5000)::VARCHAR, 5, '0') AS sku,
         '商品名称 ' || (hash(r * 7 + $seed) % 5000) AS product_name,
         1 + hash(r * 3 + $seed) % 3 AS quantity,
         ((100 + hash(r * 7 + $seed) % 20000) / 100)::DECIMAL(12, 2) AS unit_price,
         ((100 + hash(r * 7 + $seed) % 20000) / 100 * (1 + hash(r * 3 + $seed) % 3))::DECIMAL(12, 2) AS line_amount,
         strftime(TIMESTAMP '2023-01-01' + to_seconds((r // 2) * $gap), '%Y-%m-%d %H:%M:%S') AS ordered_at,
         strftime(TIMESTAMP '2023-01-01' + to_seconds((r // 2) * $gap + 90), '%Y-%m-%d %H:%M:%S') AS paid_at,
         ['completed', 'completed', 'completed', 'shipped', 'paid', 'cancelled'][(1 + hash(r // 2 * 11 + $seed) % 6)::INT] AS status,
         ['tmall', 'jd', 'douyin', 'wecom'][(1 + hash(r // 2 * 13 + $seed) % 4)::INT] AS channel_id
  FROM range($rows) t(r)
"""


def write(path: Path, *, kind: str, rows: int, seed: int = 1) -> None:
    """Write ``rows`` orders, or lines of two-line orders, spread over two and a half years whatever their number."""
    gap = max(int(2.5 * 365 * 86_400 / max(rows, 1)), 1) * (1 if kind == "orders" else 2)
    sql = _ORDERS if kind == "orders" else _LINES
    with duckdb.connect() as connection:
        copy = f"COPY ({sql}) TO '{path}' (HEADER, DELIMITER ',')"
        connection.execute(copy, {"rows": rows, "seed": seed, "gap": gap}).fetchall()

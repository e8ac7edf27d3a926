"""A large CSV of order lines, the same for the same seed: raw columns as a shop system writes them."""

from pathlib import Path

import duckdb

LINES_PER_GIGABYTE = 7_200_000

_SQL = """
COPY (
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
  FROM range($lines) t(r)
) TO '{path}' (HEADER, DELIMITER ',')
"""


def write(path: Path, *, lines: int, seed: int = 1) -> None:
    """Write ``lines`` order lines of two-line orders, spread over two years and a half whatever their number."""
    gap = max(int(2.5 * 365 * 86_400 / max(lines // 2, 1)), 1)
    with duckdb.connect() as connection:
        connection.execute(_SQL.format(path=path), {"lines": lines, "seed": seed, "gap": gap}).fetchall()

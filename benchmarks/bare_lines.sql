-- The facts at the grain of order lines, by hand; `raw` is what read_csv made of the file.

CREATE TABLE order_lines AS
SELECT order_id, line_id AS line_key, line_id, date_diff('day', DATE '1970-01-01', paid_at::DATE)::INTEGER AS day,
       (year(paid_at) * 12 + month(paid_at) - 1)::INTEGER AS month, customer_key AS customer_id,
       'file/' || channel_id AS channel_id, 'file' AS platform, sku AS sku_id, NULL::VARCHAR AS product_id, product_name,
       NULL::VARCHAR AS variant, NULL::VARCHAR AS category, NULL::VARCHAR AS seller_id, 'sale' AS kind, true AS is_sale,
       (quantity * 10000)::BIGINT AS qty, (line_amount * 10000)::BIGINT AS gross, (line_amount * 10000)::BIGINT AS paid,
       0::BIGINT AS discount, CASE WHEN status = 'cancelled' THEN (line_amount * 10000)::BIGINT ELSE 0 END AS refund,
       CASE WHEN status = 'cancelled' THEN 0 ELSE (line_amount * 10000)::BIGINT END AS net, NULL::BIGINT AS cost,
       1::BIGINT AS load_id, row_no
FROM raw;

CREATE TABLE product_days AS
SELECT day, month, sku_id, category, channel_id, count(*) AS lines, sum(qty)::BIGINT AS qty, 0 AS returned,
       sum(gross)::BIGINT AS gross, sum(paid)::BIGINT AS paid, sum(refund)::BIGINT AS refund, sum(net)::BIGINT AS net,
       0 AS cost, 0 AS costed
FROM order_lines GROUP BY day, month, sku_id, category, channel_id;

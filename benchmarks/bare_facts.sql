-- The facts of ecodash as one would write them by hand for one file: `o` has one row per order of what read_csv made of
-- it (a view of benchmarks/load.py). Every column is there; what the file does not know is null or 0.

CREATE TABLE orders AS
WITH d AS (
  SELECT *, date_diff('day', DATE '1970-01-01', "at"::DATE)::INTEGER AS day, (year("at") * 12 + month("at") - 1)::INTEGER AS month,
         CASE WHEN status IN ('cancelled', 'refunded') THEN paid ELSE 0 END AS refund
  FROM o
), seq AS (
  SELECT order_id, day, customer_id,
         row_number() OVER w AS seq, first_value(day) OVER w AS first_day, lag(day, 1) OVER w AS prev_order_day,
         lag(day, 2) OVER w AS prev2_order_day, lag(day, 1) OVER (PARTITION BY customer_id, channel_id ORDER BY "at", order_id) AS prev_channel_day
  FROM d WINDOW w AS (PARTITION BY customer_id ORDER BY "at", order_id)
), opened AS (
  SELECT customer_id, day, row_number() OVER v AS day_seq, lag(day, 1) OVER v AS prev_day, lag(day, 2) OVER v AS prev2_day
  FROM seq WHERE prev_order_day IS DISTINCT FROM day WINDOW v AS (PARTITION BY customer_id ORDER BY day)
)
SELECT d.order_id, d.customer_id, (hash(d.customer_id) % 64)::INTEGER AS bucket, d."at", d.day, d.month,
       hour(d."at")::INTEGER AS hour, date_diff('day', DATE '1970-01-01', created_at::DATE)::INTEGER AS created_day, d.day AS paid_day,
       CASE WHEN refund > 0 THEN d.day END AS refund_day, channel_id, platform, NULL::VARCHAR AS domain,
       NULL::VARCHAR AS store_id, province, NULL::VARCHAR AS city,
       NULL::VARCHAR AS country, NULL::VARCHAR AS category, NULL::VARCHAR AS order_type, NULL::VARCHAR AS fulfilment,
       payment_method, NULL::VARCHAR AS coupon, NULL::VARCHAR AS referrer_id, currency,
       1.0 AS rate, 'sale' AS kind, status, true AS is_sale,
       paid_stated, false AS fx_missing, refund > 0 AS refund_assumed, paid AS placed, paid, paid AS gross,
       discount, 0::BIGINT AS shipping, 0::BIGINT AS tax, 0::BIGINT AS gift_cards, paid AS base, refund,
       paid - refund AS net, 0::BIGINT AS cost, 0::BIGINT AS costed, units, lines, seq.seq::INTEGER AS seq,
       day_seq::INTEGER AS day_seq, seq.seq = 1 AS is_first, CASE WHEN seq.seq = 1 THEN 'new' ELSE 'returning' END AS buyer,
       first_day, prev_order_day, prev2_order_day, prev_day, prev2_day, prev_channel_day,
       prev_order_day IS DISTINCT FROM seq.day AS opens_day, NULL::BOOLEAN AS member_at_order,
       NULL::BOOLEAN AS private_at_order, 1::BIGINT AS load_id, row_no
FROM d JOIN seq USING (order_id) JOIN opened ON opened.customer_id = seq.customer_id AND opened.day = seq.day;

CREATE TABLE customers AS
SELECT customer_id, min(bucket) AS bucket, min(order_id) FILTER (seq = 1) AS first_order_id, min(first_day) AS first_day,
       min(month) AS first_month, min(day) FILTER (seq = 2) AS second_order_day, min(day) FILTER (day_seq = 2) AS second_day,
       max(day) AS last_day, count(*) AS orders, count(*) FILTER (opens_day) AS days, sum(units)::BIGINT AS units,
       sum(paid)::BIGINT AS paid, sum(gross)::BIGINT AS gross, sum(refund)::BIGINT AS refund, sum(net)::BIGINT AS net,
       min(paid) FILTER (seq = 1) AS first_paid, bool_or(refund >= paid AND refund > 0) FILTER (seq = 1) AS first_refunded,
       min(channel_id) FILTER (seq = 1) AS first_channel, min(platform) FILTER (seq = 1) AS first_platform, NULL::VARCHAR AS first_domain,
       NULL::VARCHAR AS first_store, min(province) FILTER (seq = 1) AS first_province, NULL::VARCHAR AS first_country,
       NULL::VARCHAR AS first_category, false AS first_coupon, NULL::BOOLEAN AS first_member,
       min(channel_id) FILTER (seq = 2) AS second_channel, count(*) FILTER (prev_channel_day IS NULL) AS channels,
       NULL::INTEGER AS member_day, NULL::INTEGER AS registered_day, NULL::INTEGER AS private_joined_day,
       NULL::INTEGER AS private_left_day, NULL::VARCHAR AS member_level, NULL::VARCHAR AS buyer_type
FROM orders GROUP BY customer_id;

CREATE TABLE customer_months AS
SELECT m.customer_id, bucket, m.month, first_month, m.month - first_month AS age, first_channel, first_platform, first_domain,
       m.orders, m.days, m.paid, m.gross, m.refund, m.net, m.units
FROM (SELECT customer_id, month, count(*) AS orders, count(*) FILTER (opens_day) AS days, sum(paid)::BIGINT AS paid,
             sum(gross)::BIGINT AS gross, sum(refund)::BIGINT AS refund, sum(net)::BIGINT AS net, sum(units)::BIGINT AS units
      FROM orders GROUP BY customer_id, month) m
JOIN customers USING (customer_id);

CREATE TABLE refunds AS
SELECT order_id, customer_id, day, month, true AS dated, day AS order_day, channel_id, platform, domain, store_id, province,
       country, buyer, kind, refund, refund AS net_refund
FROM orders WHERE refund > 0;

CREATE TABLE daily AS
SELECT day, month, channel_id, platform, domain, buyer, count(*) AS documents, count(*) AS orders, count(*) AS priced_orders,
       count(*) FILTER (is_first) AS new_buyers, count(*) FILTER (refund > 0) AS refunded_orders, 0 AS unpaid_orders,
       0 AS cancelled_orders, 0 AS fx_missing, sum(placed)::BIGINT AS placed, sum(paid)::BIGINT AS paid,
       sum(paid)::BIGINT AS identified_paid, count(*) AS identified_orders, sum(gross)::BIGINT AS gross, sum(discount)::BIGINT AS discount,
       0 AS shipping, 0 AS tax, 0 AS gift_cards, sum(base)::BIGINT AS base, sum(refund)::BIGINT AS refund, 0 AS credits,
       0 AS adjustments, sum(net)::BIGINT AS net, sum(refund)::BIGINT AS refund_booked, 0 AS cost, 0 AS costed,
       sum(units)::BIGINT AS units, sum(lines)::BIGINT AS lines, 0 AS member_orders, 0 AS member_paid, 0 AS private_orders,
       0 AS private_paid
FROM orders GROUP BY ALL;


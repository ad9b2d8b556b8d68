-- Data to try plugins with: 36 customers, 30 products, 60 orders of the last 90 days, two ways to
-- pay and two to ship. Everything is marked `demo`; ids and amounts are the same in every shop,
-- dates count back from the day it is made.

INSERT INTO payment_methods (id, name, code, type, is_active, sort_order, description, fee_type, fee_amount, availability, store_id, payment_flow, provider)
SELECT v.id::uuid, v.name, v.code, v.type, true, v.place, v.about, v.fee::enum_payment_methods_fee_type, v.amount, 'all', s.id, v.flow, v.provider
FROM stores s, (VALUES
  ('a0000000-0000-4000-8000-000000000001', 'Credit card', 'card', 'credit_card', 1, 'Visa, Mastercard', 'none', 0, 'online', 'acme'),
  ('a0000000-0000-4000-8000-000000000002', 'Bank transfer', 'transfer', 'bank_transfer', 2, 'Paid in advance', 'fixed', 1.50, 'offline', NULL)
) AS v (id, name, code, type, place, about, fee, amount, flow, provider);

INSERT INTO shipping_methods (id, name, description, is_active, type, flat_rate_cost, free_shipping_min_order, min_delivery_days, max_delivery_days, store_id, sort_order)
SELECT v.id::uuid, v.name, v.about, true, v.type, v.cost, v.free, v.fast, v.slow, s.id, v.place
FROM stores s, (VALUES
  ('b0000000-0000-4000-8000-000000000001', 'Standard', 'Parcel, tracked', 'free_shipping', 4.90, 50, 2, 5, 1),
  ('b0000000-0000-4000-8000-000000000002', 'Express', 'Next working day', 'flat_rate', 12.90, 0, 1, 1, 2)
) AS v (id, name, about, type, cost, free, fast, slow, place);

INSERT INTO categories (id, store_id, slug, sort_order, is_active, hide_in_menu, level, path, demo)
SELECT ('c0000000-0000-4000-8000-' || lpad(v.n::text, 12, '0'))::uuid, s.id, v.slug, v.n, true, false, 1, '/' || v.slug, true
FROM stores s, (VALUES (1, 'coffee'), (2, 'pasta'), (3, 'oil'), (4, 'ceramics'), (5, 'linen')) AS v (n, slug);

INSERT INTO category_translations (category_id, language_code, name, demo)
SELECT c.id, l.code, CASE l.code WHEN 'en' THEN v.english ELSE v.italian END, true
FROM (VALUES ('coffee', 'Coffee', 'Caffè'), ('pasta', 'Pasta', 'Pasta'), ('oil', 'Oil and vinegar', 'Olio e aceto'),
  ('ceramics', 'Ceramics', 'Ceramiche'), ('linen', 'Linen', 'Lino')) AS v (slug, english, italian)
JOIN categories c ON c.slug = v.slug, (VALUES ('en'), ('it')) AS l (code);

CREATE TEMPORARY TABLE sample_products ON COMMIT DROP AS
SELECT row_number() OVER ()::integer AS n, v.* FROM (VALUES
  ('coffee', 'Espresso Torino, 250 g', 8.90, 4.10, 0.25), ('coffee', 'Espresso Torino, 1 kg', 29.90, 15.20, 1.0),
  ('coffee', 'Filter roast Etiopia, 250 g', 11.50, 5.60, 0.25), ('coffee', 'Decaf, 250 g', 9.90, 4.70, 0.25),
  ('coffee', 'Moka pot, 3 cups', 34.00, 17.50, 0.6), ('coffee', 'Hand grinder', 79.00, 41.00, 0.7),
  ('pasta', 'Spaghetti di Gragnano, 500 g', 3.20, 1.30, 0.5), ('pasta', 'Paccheri, 500 g', 3.60, 1.50, 0.5),
  ('pasta', 'Trofie, 500 g', 3.90, 1.70, 0.5), ('pasta', 'Orecchiette, 500 g', 3.50, 1.40, 0.5),
  ('pasta', 'Tagliatelle all''uovo, 250 g', 4.80, 2.10, 0.25), ('pasta', 'Pasta set, 6 packs', 19.90, 9.10, 3.0),
  ('oil', 'Olive oil Riviera, 500 ml', 14.90, 7.80, 0.9), ('oil', 'Olive oil Riviera, 3 l', 64.00, 38.00, 3.2),
  ('oil', 'Balsamic vinegar, 250 ml', 18.50, 9.40, 0.5), ('oil', 'White wine vinegar, 500 ml', 5.90, 2.20, 0.9),
  ('oil', 'Chili oil, 100 ml', 7.50, 3.10, 0.2), ('oil', 'Tasting set, 4 bottles', 39.00, 20.50, 1.6),
  ('ceramics', 'Espresso cup', 12.00, 4.90, 0.2), ('ceramics', 'Espresso cups, set of 6', 65.00, 27.00, 1.2),
  ('ceramics', 'Pasta bowl', 22.00, 9.80, 0.8), ('ceramics', 'Serving plate', 38.00, 16.00, 1.4),
  ('ceramics', 'Oil jug', 29.00, 12.40, 0.6), ('ceramics', 'Butter dish', 26.00, 11.10, 0.7),
  ('linen', 'Kitchen towel', 14.00, 5.80, 0.15), ('linen', 'Kitchen towels, set of 3', 36.00, 15.90, 0.45),
  ('linen', 'Apron', 45.00, 19.50, 0.4), ('linen', 'Table cloth, 140 x 240 cm', 89.00, 42.00, 0.9),
  ('linen', 'Napkins, set of 4', 39.00, 17.00, 0.3), ('linen', 'Bread bag', 19.00, 7.90, 0.12)
) AS v (category, name, price, cost, weight);

INSERT INTO products (id, slug, sku, short_description, price, cost_price, weight, images, status, manage_stock, stock_quantity,
  allow_backorders, infinite_stock, is_coupon_eligible, featured, tags, store_id, category_ids, demo)
SELECT ('d0000000-0000-4000-8000-' || lpad(p.n::text, 12, '0'))::uuid,
  trim(BOTH '-' FROM regexp_replace(lower(p.name), '[^a-z0-9]+', '-', 'g')), upper(left(p.category, 3)) || '-' || lpad(p.n::text, 4, '0'),
  p.name, p.price, p.cost, p.weight, '[]', CASE WHEN p.n % 15 = 0 THEN 'draft' ELSE 'active' END, true, (p.n * 37) % 120,
  false, false, true, p.n % 10 = 1, jsonb_build_array(p.category), s.id, jsonb_build_array(c.id), true
FROM sample_products p JOIN categories c ON c.slug = p.category, stores s;

INSERT INTO product_translations (product_id, language_code, name, short_description, demo)
SELECT ('d0000000-0000-4000-8000-' || lpad(p.n::text, 12, '0'))::uuid, 'en', p.name, p.name, true FROM sample_products p;

CREATE TEMPORARY TABLE sample_people ON COMMIT DROP AS
SELECT n, first.name AS first_name, last.name AS last_name, town.*
FROM generate_series(1, 36) AS n
JOIN (SELECT row_number() OVER () AS i, v.* FROM (VALUES ('Giulia'), ('Marco'), ('Anna'), ('Luca'), ('Sofia'), ('Paul'), ('Clara'), ('Jan'), ('Elena')) AS v (name)) first ON first.i = (n - 1) % 9 + 1
JOIN (SELECT row_number() OVER () AS i, v.* FROM (VALUES ('Rossi'), ('Bianchi'), ('Ferrari'), ('Weber'), ('Novak'), ('Martin'), ('Esposito'), ('Keller'), ('Dubois'), ('Jensen'), ('Greco'), ('Fontana')) AS v (name)) last ON last.i = (n * 5) % 12 + 1
JOIN (SELECT row_number() OVER () AS i, v.* FROM (VALUES ('Torino', 'TO', '10121', 'IT', 'Via Roma'), ('Milano', 'MI', '20121', 'IT', 'Via Dante'), ('Bologna', 'BO', '40121', 'IT', 'Via Rizzoli'), ('München', 'BY', '80331', 'DE', 'Lindwurmstraße'), ('Wien', 'W', '1010', 'AT', 'Wollzeile'), ('Lyon', 'ARA', '69001', 'FR', 'Rue de Brest')) AS v (city, state, postal_code, country, street)) town ON town.i = (n * 7) % 6 + 1;

INSERT INTO customers (id, store_id, email, first_name, last_name, phone, date_of_birth, tags, is_active, email_verified, customer_type, is_blacklisted, password, notes, demo)
SELECT ('e0000000-0000-4000-8000-' || lpad(p.n::text, 12, '0'))::uuid, s.id, lower(p.first_name || '.' || p.last_name || p.n) || '@example.com',
  p.first_name, p.last_name, '+39 011 555 ' || lpad(p.n::text, 4, '0'), date '1960-03-01' + p.n * 411,
  CASE WHEN p.n % 9 = 0 THEN '["regular"]'::jsonb ELSE '[]' END, true, p.n % 4 <> 0,
  CASE WHEN p.n % 3 = 0 THEN 'guest' ELSE 'registered' END, false,
  CASE WHEN p.n % 3 = 0 THEN NULL ELSE '$2b$12$' || md5('sample' || p.n) END, NULL, true
FROM sample_people p, stores s;

INSERT INTO customer_addresses (type, full_name, street, city, state, postal_code, country, is_default, customer_id, demo)
SELECT 'both', p.first_name || ' ' || p.last_name, p.street || ' ' || p.n, p.city, p.state, p.postal_code, p.country, true,
  ('e0000000-0000-4000-8000-' || lpad(p.n::text, 12, '0'))::uuid, true
FROM sample_people p;

CREATE TEMPORARY TABLE sample_orders ON COMMIT DROP AS
SELECT n, ('f0000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid AS id, (n * 11) % 36 + 1 AS customer,
  now() - interval '90 days' + n * interval '35 hours' AS placed,
  CASE WHEN n % 20 = 0 THEN 'cancelled' WHEN n % 17 = 0 THEN 'refunded' WHEN n > 54 THEN 'pending' WHEN n > 48 THEN 'processing' WHEN n > 42 THEN 'shipped' ELSE 'delivered' END AS status
FROM generate_series(1, 60) AS n;

CREATE TEMPORARY TABLE sample_items ON COMMIT DROP AS
SELECT o.id AS order_id, p.id AS product_id, p.sku, p.short_description AS name, p.price, (o.n + k) % 3 + 1 AS quantity
FROM sample_orders o, generate_series(1, 3) AS k
JOIN LATERAL (SELECT * FROM products WHERE sku LIKE '%-' || lpad(((o.n * 13 + k * 7) % 30 + 1)::text, 4, '0')) p ON true
WHERE k <= o.n % 3 + 1;

INSERT INTO sales_orders (id, order_number, status, payment_status, fulfillment_status, customer_id, customer_email, customer_phone, billing_address,
  shipping_address, subtotal, tax_amount, shipping_amount, total_amount, currency, payment_method, payment_reference, shipping_method,
  tracking_number, store_id, shipped_at, delivered_at, cancelled_at, created_at, updated_at, demo)
SELECT o.id, 'ORD-' || (10000 + o.n), o.status::enum_sales_orders_status,
  (CASE o.status WHEN 'pending' THEN 'pending' WHEN 'cancelled' THEN 'failed' WHEN 'refunded' THEN 'refunded' ELSE 'paid' END)::enum_sales_orders_payment_status,
  (CASE o.status WHEN 'refunded' THEN 'delivered' ELSE o.status END)::enum_sales_orders_fulfillment_status,
  c.id, c.email, c.phone, a.address, a.address, i.subtotal, round(i.subtotal - i.subtotal / 1.22, 2), CASE WHEN i.subtotal >= 50 THEN 0 ELSE 4.90 END,
  i.subtotal + CASE WHEN i.subtotal >= 50 THEN 0 ELSE 4.90 END, s.currency, CASE WHEN o.n % 4 = 0 THEN 'transfer' ELSE 'card' END,
  'ref_' || md5(o.id::text), CASE WHEN o.n % 5 = 0 THEN 'Express' ELSE 'Standard' END,
  CASE WHEN o.status IN ('shipped', 'delivered', 'refunded') THEN 'TRK' || (700000 + o.n) END, s.id,
  CASE WHEN o.status IN ('shipped', 'delivered', 'refunded') THEN o.placed + interval '1 day' END,
  CASE WHEN o.status IN ('delivered', 'refunded') THEN o.placed + interval '3 days' END,
  CASE WHEN o.status = 'cancelled' THEN o.placed + interval '2 hours' END, o.placed, o.placed, true
FROM sample_orders o
JOIN (SELECT order_id, sum(price * quantity) AS subtotal FROM sample_items GROUP BY order_id) i ON i.order_id = o.id
JOIN customers c ON c.id = ('e0000000-0000-4000-8000-' || lpad(o.customer::text, 12, '0'))::uuid
JOIN LATERAL (SELECT json_build_object('full_name', x.full_name, 'street', x.street, 'city', x.city, 'state', x.state,
  'postal_code', x.postal_code, 'country', x.country) AS address FROM customer_addresses x WHERE x.customer_id = c.id) a ON true, stores s;

INSERT INTO sales_order_items (order_id, product_id, quantity, unit_price, total_price, original_price, product_name, product_sku, demo)
SELECT i.order_id, i.product_id, i.quantity, i.price, i.price * i.quantity, i.price, i.name, i.sku, true FROM sample_items i;

INSERT INTO sales_shipments (shipment_number, order_id, store_id, customer_email, tracking_number, carrier, shipping_method, sent_at,
  estimated_delivery_date, actual_delivery_date, email_status, demo)
SELECT 'SHP-' || right(o.order_number, 5), o.id, o.store_id, o.customer_email, o.tracking_number, 'Acme Express', o.shipping_method, o.shipped_at,
  o.shipped_at + interval '3 days', o.delivered_at, 'sent', true
FROM sales_orders o WHERE o.shipped_at IS NOT NULL;

UPDATE customers c SET total_orders = t.orders, total_spent = t.spent, average_order_value = round(t.spent / t.orders, 2), last_order_date = t.last
FROM (SELECT customer_id, count(*) AS orders, sum(total_amount) AS spent, max(created_at) AS last FROM sales_orders
  WHERE payment_status = 'paid' GROUP BY customer_id) t
WHERE t.customer_id = c.id;

INSERT INTO coupons (name, code, description, discount_type, discount_value, is_active, min_purchase_amount, start_date, end_date, store_id, demo)
SELECT v.name, v.code, v.about, v.type, v.value, true, v.least, current_date - 30, current_date + 60, s.id, true
FROM stores s, (VALUES ('Welcome', 'WELCOME10', 'Ten percent on the first order', 'percentage', 10, 20), ('Five euros', 'FIVE', NULL, 'fixed', 5, 40)) AS v (name, code, about, type, value, least);

INSERT INTO carts (session_id, store_id, items, subtotal, total, expires_at)
SELECT 'sess_' || n, s.id, json_build_array(json_build_object('product_id', p.id, 'quantity', 1, 'price', p.price)), p.price, p.price, now() + interval '7 days'
FROM stores s, generate_series(1, 3) AS n JOIN LATERAL (SELECT * FROM products WHERE sku LIKE '%-' || lpad(n::text, 4, '0')) p ON true;

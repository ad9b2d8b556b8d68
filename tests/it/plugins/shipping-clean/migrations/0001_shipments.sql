CREATE TABLE IF NOT EXISTS parcelo_shipments (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  order_id UUID NOT NULL,
  label_path TEXT,
  tracking_number TEXT
);
CREATE INDEX IF NOT EXISTS parcelo_shipments_order ON parcelo_shipments (order_id);

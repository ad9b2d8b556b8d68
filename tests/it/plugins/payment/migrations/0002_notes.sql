ALTER TABLE sales_orders ADD COLUMN IF NOT EXISTS paywell_note TEXT; -- !migration-foreign-table

-- The commerce tables of a DainoStore shop: the host's own columns, types, defaults and uniques.
-- Roles reach them only through grants; see src/model/resource.rs.

CREATE TYPE enum_stores_deployment_status AS ENUM ('draft', 'deploying', 'deployed', 'failed');
CREATE TABLE stores (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name varchar(255) NOT NULL,
  slug varchar(255) NOT NULL,
  description text,
  currency varchar(255) DEFAULT 'USD',
  timezone varchar(255) DEFAULT 'UTC',
  is_active boolean,
  settings json,
  user_id uuid NOT NULL,
  deployment_status enum_stores_deployment_status,
  published boolean,
  published_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE customers (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  store_id uuid,
  email varchar(255) NOT NULL,
  first_name varchar(100) NOT NULL,
  last_name varchar(100) NOT NULL,
  phone varchar(20),
  date_of_birth date,
  gender varchar(10),
  google_id varchar(255),
  notes text,
  total_spent numeric DEFAULT 0,
  total_orders integer DEFAULT 0,
  average_order_value numeric DEFAULT 0,
  last_order_date timestamp,
  tags jsonb,
  addresses jsonb,
  is_active boolean,
  avatar_url varchar(255),
  last_login timestamp,
  email_verified boolean,
  role varchar(50) DEFAULT 'customer',
  account_type varchar(50) DEFAULT 'individual',
  customer_type varchar(20) NOT NULL DEFAULT 'guest',
  is_blacklisted boolean,
  blacklist_reason text,
  blacklisted_at timestamp,
  password varchar(255),
  email_verification_token varchar(255),
  password_reset_token varchar(255),
  password_reset_expires timestamp,
  demo boolean,
  created_at timestamp NOT NULL DEFAULT now(),
  updated_at timestamp NOT NULL DEFAULT now(),
  UNIQUE (email),
  UNIQUE (store_id, email)
);

CREATE TYPE enum_customer_addresses_type AS ENUM ('billing', 'shipping', 'both');
CREATE TABLE customer_addresses (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  type enum_customer_addresses_type NOT NULL,
  full_name varchar(255) NOT NULL,
  company varchar(255),
  street varchar(255) NOT NULL,
  street_2 varchar(255),
  city varchar(255) NOT NULL,
  state varchar(255) NOT NULL,
  postal_code varchar(255) NOT NULL,
  country varchar(255) NOT NULL DEFAULT 'US',
  phone varchar(255),
  email varchar(255),
  is_default boolean NOT NULL,
  user_id uuid,
  customer_id uuid REFERENCES customers (id) ON DELETE SET NULL,
  demo boolean,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TYPE enum_sales_orders_status AS ENUM ('pending', 'processing', 'shipped', 'delivered', 'cancelled', 'refunded');
CREATE TYPE enum_sales_orders_payment_status AS ENUM ('pending', 'paid', 'partially_paid', 'refunded', 'failed');
CREATE TYPE enum_sales_orders_fulfillment_status AS ENUM ('pending', 'processing', 'shipped', 'delivered', 'cancelled');
CREATE TABLE sales_orders (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  order_number varchar(255) NOT NULL,
  status enum_sales_orders_status,
  payment_status enum_sales_orders_payment_status,
  fulfillment_status enum_sales_orders_fulfillment_status,
  customer_id uuid REFERENCES customers (id) ON DELETE SET NULL,
  customer_email varchar(255) NOT NULL,
  customer_phone varchar(255),
  billing_address json NOT NULL,
  shipping_address json NOT NULL,
  subtotal numeric NOT NULL DEFAULT 0,
  tax_amount numeric NOT NULL DEFAULT 0,
  shipping_amount numeric NOT NULL DEFAULT 0,
  discount_amount numeric NOT NULL DEFAULT 0,
  payment_fee_amount numeric NOT NULL DEFAULT 0,
  total_amount numeric NOT NULL,
  currency varchar(255) NOT NULL DEFAULT 'USD',
  delivery_date timestamptz,
  delivery_time_slot varchar(255),
  delivery_instructions text,
  payment_method varchar(255),
  payment_reference varchar(255),
  shipping_method varchar(255),
  tracking_number varchar(255),
  coupon_code varchar(255),
  notes text,
  admin_notes text,
  confirmation_email_sent_at timestamptz,
  store_id uuid NOT NULL,
  shipped_at timestamptz,
  delivered_at timestamptz,
  cancelled_at timestamptz,
  demo boolean,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE products (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  slug varchar(255) NOT NULL,
  sku varchar(255) NOT NULL,
  barcode varchar(255),
  short_description text,
  price numeric,
  compare_price numeric,
  cost_price numeric,
  weight numeric,
  dimensions jsonb,
  images jsonb DEFAULT '[]',
  status varchar(20) DEFAULT 'draft',
  visibility varchar(20) DEFAULT 'visible',
  manage_stock boolean DEFAULT true,
  stock_quantity integer DEFAULT 0,
  low_stock_threshold integer DEFAULT 5,
  allow_backorders boolean,
  infinite_stock boolean,
  is_custom_option boolean,
  is_coupon_eligible boolean,
  featured boolean,
  tags jsonb,
  seo jsonb,
  store_id uuid NOT NULL,
  attribute_set_id uuid,
  category_ids jsonb DEFAULT '[]',
  related_product_ids jsonb DEFAULT '[]',
  sort_order integer DEFAULT 0,
  view_count integer DEFAULT 0,
  purchase_count integer DEFAULT 0,
  type varchar(50) DEFAULT 'simple',
  parent_id uuid,
  configurable_attributes jsonb,
  external_id varchar(255),
  external_source varchar(50),
  gtin varchar(14),
  product_identifiers jsonb,
  ai_shopping_data jsonb,
  demo boolean,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE product_translations (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  product_id uuid NOT NULL REFERENCES products (id) ON DELETE CASCADE,
  language_code varchar(10) NOT NULL,
  name varchar(255),
  description text,
  short_description text,
  demo boolean,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (product_id, language_code)
);

CREATE TABLE product_variants (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  parent_product_id uuid NOT NULL REFERENCES products (id) ON DELETE CASCADE,
  variant_product_id uuid NOT NULL REFERENCES products (id) ON DELETE CASCADE,
  attribute_values jsonb,
  sort_order integer,
  is_active boolean,
  created_at timestamp NOT NULL DEFAULT now(),
  updated_at timestamp NOT NULL DEFAULT now(),
  UNIQUE (parent_product_id, variant_product_id)
);

CREATE TABLE sales_order_items (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  order_id uuid NOT NULL REFERENCES sales_orders (id) ON DELETE CASCADE,
  product_id uuid NOT NULL REFERENCES products (id) ON DELETE CASCADE,
  quantity integer NOT NULL DEFAULT 1,
  unit_price numeric NOT NULL,
  total_price numeric NOT NULL,
  original_price numeric,
  product_name varchar(255) NOT NULL,
  product_sku varchar(255) NOT NULL,
  product_image varchar(255),
  product_attributes json,
  selected_options json,
  demo boolean,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TYPE enum_sales_shipments_email_status AS ENUM ('sent', 'failed', 'bounced', 'delivered');
CREATE TABLE sales_shipments (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  shipment_number varchar(255) NOT NULL,
  order_id uuid NOT NULL,
  store_id uuid NOT NULL,
  customer_email varchar(255) NOT NULL,
  tracking_number varchar(255),
  tracking_url text,
  carrier varchar(255),
  shipping_method varchar(255),
  sent_at timestamptz,
  estimated_delivery_date timestamptz,
  actual_delivery_date timestamptz,
  email_status enum_sales_shipments_email_status,
  error_message text,
  metadata json,
  demo boolean,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE categories (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  store_id uuid NOT NULL,
  slug varchar(255) NOT NULL,
  media_asset_id uuid,
  sort_order integer,
  is_active boolean,
  hide_in_menu boolean,
  meta_title varchar(255),
  meta_description text,
  meta_keywords text,
  meta_robots_tag varchar(100),
  parent_id uuid,
  level integer,
  path text,
  product_count integer,
  seo json,
  demo boolean,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (store_id, slug)
);

CREATE TABLE category_translations (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  category_id uuid NOT NULL REFERENCES categories (id) ON DELETE CASCADE,
  language_code varchar(10) NOT NULL,
  name varchar(255),
  demo boolean,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (category_id, language_code)
);

CREATE TABLE carts (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  session_id varchar(255),
  store_id uuid NOT NULL,
  user_id uuid,
  items json DEFAULT '[]',
  subtotal numeric DEFAULT 0,
  tax numeric DEFAULT 0,
  shipping numeric DEFAULT 0,
  discount numeric DEFAULT 0,
  total numeric DEFAULT 0,
  coupon_code varchar(255),
  expires_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (session_id, store_id)
);

CREATE TABLE coupons (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name varchar(255) NOT NULL,
  code varchar(255) NOT NULL,
  description text,
  discount_type varchar(20) NOT NULL DEFAULT 'fixed',
  discount_value numeric NOT NULL,
  is_active boolean,
  usage_limit integer DEFAULT 100,
  usage_count integer DEFAULT 0,
  min_purchase_amount numeric,
  max_discount_amount numeric,
  start_date date,
  end_date date,
  buy_quantity integer DEFAULT 1,
  get_quantity integer DEFAULT 1,
  store_id uuid NOT NULL,
  applicable_products jsonb DEFAULT '[]',
  applicable_categories jsonb DEFAULT '[]',
  applicable_skus jsonb DEFAULT '[]',
  applicable_attribute_sets jsonb DEFAULT '[]',
  applicable_attributes jsonb DEFAULT '[]',
  translations json,
  demo boolean,
  created_at timestamp NOT NULL DEFAULT now(),
  updated_at timestamp NOT NULL DEFAULT now()
);

CREATE TYPE enum_payment_methods_fee_type AS ENUM ('fixed', 'percentage', 'none');
CREATE TYPE enum_payment_methods_availability AS ENUM ('all', 'specific_countries');
CREATE TABLE payment_methods (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name varchar(255) NOT NULL,
  code varchar(255) NOT NULL,
  type varchar(50) NOT NULL DEFAULT 'other',
  is_active boolean,
  sort_order integer,
  description text,
  settings jsonb,
  fee_type enum_payment_methods_fee_type,
  fee_amount numeric DEFAULT 0,
  min_amount numeric,
  max_amount numeric,
  availability enum_payment_methods_availability,
  countries jsonb,
  store_id uuid NOT NULL,
  conditions jsonb,
  payment_flow varchar(20) DEFAULT 'offline',
  icon_url text,
  provider varchar(50),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE shipping_methods (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name varchar(255) NOT NULL,
  description text,
  is_active boolean,
  type varchar(20) NOT NULL DEFAULT 'flat_rate',
  flat_rate_cost numeric DEFAULT 0,
  free_shipping_min_order numeric DEFAULT 0,
  weight_ranges jsonb,
  price_ranges jsonb,
  availability varchar(20) DEFAULT 'all',
  countries jsonb,
  min_delivery_days integer DEFAULT 1,
  max_delivery_days integer DEFAULT 7,
  store_id uuid NOT NULL,
  sort_order integer,
  translations json,
  conditions jsonb,
  created_at timestamp NOT NULL DEFAULT now(),
  updated_at timestamp NOT NULL DEFAULT now()
);

CREATE INDEX sales_orders_customer ON sales_orders (customer_id);
CREATE INDEX sales_order_items_order ON sales_order_items (order_id);
CREATE INDEX sales_order_items_product ON sales_order_items (product_id);
CREATE INDEX sales_shipments_order ON sales_shipments (order_id);
CREATE INDEX customer_addresses_customer ON customer_addresses (customer_id);

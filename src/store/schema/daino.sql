-- What daino-pdk itself keeps in a shop's database. Only the owner reads it.
REVOKE ALL ON SCHEMA daino FROM PUBLIC;

-- One row: which shop this is.
CREATE TABLE daino.shop (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  id uuid NOT NULL,
  tag text NOT NULL,          -- part of the names of plugins' roles
  format integer NOT NULL,    -- of the tables; a newer one is refused
  name text NOT NULL,
  currency char(3) NOT NULL,
  timezone text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- Login roles of plugins.
CREATE TABLE daino.plugin_role (
  slug text PRIMARY KEY,
  role name NOT NULL UNIQUE,
  password text NOT NULL,
  storage_quota bigint NOT NULL DEFAULT 0,  -- bytes of plugin_data
  storage_bytes bigint NOT NULL DEFAULT 0,  -- bytes in use, kept by the storage functions
  created_at timestamptz NOT NULL DEFAULT now()
);

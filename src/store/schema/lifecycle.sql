-- What a shop knows about its plugins. Only the shop's owner can read the schema `daino`.

CREATE TABLE daino.plugins (
  slug text PRIMARY KEY,
  state text NOT NULL CHECK (state IN ('starting', 'enabled', 'disabled', 'removed')),
  -- version, manifest, source, publisher, code; see `InstalledPlugin`.
  details jsonb NOT NULL,
  config jsonb NOT NULL DEFAULT '{}',
  installed_at timestamptz NOT NULL DEFAULT now()
);

-- Migrations that ran, also those of a removed plugin whose tables were kept.
CREATE TABLE daino.plugin_migrations (
  slug text NOT NULL REFERENCES daino.plugins ON DELETE CASCADE,
  name text NOT NULL,
  position integer NOT NULL,
  checksum text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (slug, name)
);

-- Objects that migrations created: all that an uninstall may ever drop.
CREATE TABLE daino.plugin_objects (
  slug text NOT NULL REFERENCES daino.plugins ON DELETE CASCADE,
  kind text NOT NULL,
  name text NOT NULL,
  PRIMARY KEY (slug, kind, name)
);

CREATE TABLE daino.plugin_secrets (
  slug text NOT NULL REFERENCES daino.plugins ON DELETE CASCADE,
  name text NOT NULL,
  value text NOT NULL,
  PRIMARY KEY (slug, name)
);

-- The journal's half in the database: its phase decides whether an interrupted change is finished
-- or undone. `undo` holds what the change would otherwise overwrite.
CREATE TABLE daino.operations (
  id uuid PRIMARY KEY,
  slug text NOT NULL,
  phase text NOT NULL CHECK (phase IN ('begun', 'committed', 'finished')),
  operation jsonb NOT NULL,
  undo jsonb NOT NULL DEFAULT '{}',
  began_at timestamptz NOT NULL DEFAULT now()
);

-- What uninstallations did.
CREATE TABLE daino.uninstalls (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  slug text NOT NULL,
  version text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  report jsonb NOT NULL
);

-- Every call into a plugin.
CREATE TABLE daino.calls (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  slug text NOT NULL,
  version text NOT NULL,
  target text NOT NULL,
  -- `done`, or the code of the failure.
  outcome text NOT NULL,
  millis double precision NOT NULL,
  host_calls bigint NOT NULL
);

-- Whoever changes the shop's plugins holds a lock on this row.
CREATE TABLE daino.change_lock (one boolean PRIMARY KEY DEFAULT true CHECK (one));
INSERT INTO daino.change_lock DEFAULT VALUES;

-- What was done to plugins and by whom, what their tables were made like, and which stay at a version.
-- A shop of format 1 gets these tables when it is opened.

CREATE TABLE IF NOT EXISTS daino.history (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  who text NOT NULL,
  slug text NOT NULL,
  -- `install`, `update`, `rollback`, `restore`, `uninstall`, `enable`, `disable`, `pin`, `unpin`.
  action text NOT NULL,
  from_version text,
  to_version text,
  -- `done` or `undone`.
  verdict text NOT NULL,
  details jsonb NOT NULL DEFAULT '{}'
);

-- Definitions of a plugin's tables as the last change left them: what a drift is measured against.
CREATE TABLE IF NOT EXISTS daino.plugin_schema (
  slug text PRIMARY KEY REFERENCES daino.plugins ON DELETE CASCADE,
  definitions jsonb NOT NULL
);

-- Plugins that are updated only within a range of versions.
CREATE TABLE IF NOT EXISTS daino.plugin_pins (
  slug text PRIMARY KEY REFERENCES daino.plugins ON DELETE CASCADE,
  range text NOT NULL
);

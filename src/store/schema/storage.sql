-- The key/value store of plugins. plugin_id is the plugin's slug.
CREATE TABLE IF NOT EXISTS plugin_data (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  plugin_id varchar(255) NOT NULL,
  data_key varchar(255) NOT NULL,
  data_value jsonb,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
REVOKE ALL ON plugin_data FROM PUBLIC;
CREATE UNIQUE INDEX plugin_data_key ON plugin_data (plugin_id, data_key COLLATE "C");

-- Who calls, by the role that logged in. Locks the plugin's row when it is going to write, so that
-- two writers cannot both fit into the last of the quota.
CREATE FUNCTION daino.storage_owner(writes boolean) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  found text;
BEGIN
  IF writes THEN
    SELECT r.slug INTO found FROM daino.plugin_role r WHERE r.role = session_user FOR UPDATE;
  ELSE
    SELECT r.slug INTO found FROM daino.plugin_role r WHERE r.role = session_user;
  END IF;
  IF found IS NULL THEN
    RAISE EXCEPTION 'this role has no storage' USING ERRCODE = '42501';
  END IF;
  RETURN found;
END $$;

CREATE FUNCTION daino.storage_get(wanted text) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT d.data_value FROM public.plugin_data d
  WHERE d.plugin_id = daino.storage_owner(false) AND d.data_key = wanted
$$;

CREATE FUNCTION daino.storage_keys(prefix text) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT d.data_key::text FROM public.plugin_data d
  WHERE d.plugin_id = daino.storage_owner(false) AND starts_with(d.data_key, prefix)
  ORDER BY d.data_key COLLATE "C" LIMIT 1000
$$;

CREATE FUNCTION daino.storage_set(wanted text, content jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  owner text := daino.storage_owner(true);
  before bigint;
  change bigint;
BEGIN
  IF length(wanted) > 255 THEN
    RAISE EXCEPTION 'a key has at most 255 characters' USING ERRCODE = 'DN001';
  END IF;
  SELECT octet_length(d.data_key) + octet_length(d.data_value::text) INTO before
  FROM public.plugin_data d WHERE d.plugin_id = owner AND d.data_key = wanted;
  change := octet_length(wanted) + octet_length(content::text) - coalesce(before, 0);
  UPDATE daino.plugin_role r SET storage_bytes = greatest(r.storage_bytes + change, 0)
  WHERE r.slug = owner AND (change <= 0 OR r.storage_bytes + change <= r.storage_quota);
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the storage is full: `resourceLimits.storage` is % bytes',
      (SELECT r.storage_quota FROM daino.plugin_role r WHERE r.slug = owner)
      USING ERRCODE = 'DN001';
  END IF;
  INSERT INTO public.plugin_data AS d (plugin_id, data_key, data_value)
  VALUES (owner, wanted, content)
  ON CONFLICT (plugin_id, data_key COLLATE "C")
    DO UPDATE SET data_value = excluded.data_value, updated_at = now();
END $$;

CREATE FUNCTION daino.storage_remove(wanted text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  owner text := daino.storage_owner(true);
  freed bigint;
BEGIN
  DELETE FROM public.plugin_data d WHERE d.plugin_id = owner AND d.data_key = wanted
  RETURNING octet_length(d.data_key) + octet_length(d.data_value::text) INTO freed;
  IF freed IS NULL THEN
    RETURN false;
  END IF;
  UPDATE daino.plugin_role r SET storage_bytes = greatest(r.storage_bytes - freed, 0)
  WHERE r.slug = owner;
  RETURN true;
END $$;

REVOKE ALL ON FUNCTION daino.storage_owner(boolean), daino.storage_get(text),
  daino.storage_keys(text), daino.storage_set(text, jsonb), daino.storage_remove(text) FROM PUBLIC;

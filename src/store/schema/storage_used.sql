-- How much of its quota a plugin uses. A shop of format 1 may be without it: then the roles that its
-- plugins have by now get the right to ask.
CREATE OR REPLACE FUNCTION daino.storage_used() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT r.storage_bytes FROM daino.plugin_role r WHERE r.slug = daino.storage_owner(false)
$$;
REVOKE ALL ON FUNCTION daino.storage_used() FROM PUBLIC;

DO $$
DECLARE
  one name;
BEGIN
  FOR one IN SELECT role FROM daino.plugin_role LOOP
    EXECUTE format('GRANT EXECUTE ON FUNCTION daino.storage_used() TO %I', one);
  END LOOP;
END $$;

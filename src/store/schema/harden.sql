-- Takes from PUBLIC what PostgreSQL gives to everybody and no plugin needs; the owner keeps it. By the superuser, in a
-- shop with a private server.
DO $$
DECLARE
  f regprocedure;
BEGIN
  FOR f IN
    SELECT p.oid::regprocedure FROM pg_proc p
    WHERE p.pronamespace = 'pg_catalog'::regnamespace
      AND (p.proname ~ '^(lo_|lowrite|loread|pg_advisory|pg_try_advisory|pg_sleep|pg_notify|pg_stat_get_)'
        OR p.proname IN ('query_to_xml', 'query_to_xmlschema', 'query_to_xml_and_xmlschema',
          'cursor_to_xml', 'table_to_xml', 'schema_to_xml', 'database_to_xml', 'ts_stat',
          'pg_cancel_backend', 'pg_terminate_backend', 'pg_logical_emit_message', 'pg_export_snapshot',
          'pg_listening_channels', 'dblink_connect'))
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
    -- The owner looks at sessions and ends those of a plugin that goes.
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO pg_database_owner', f);
  END LOOP;
  -- Without a language nobody can run a `DO` block or make a function.
  REVOKE USAGE ON LANGUAGE plpgsql, sql FROM PUBLIC;
  GRANT USAGE ON LANGUAGE plpgsql, sql TO pg_database_owner;
  EXECUTE format('REVOKE TEMPORARY, CONNECT ON DATABASE %I FROM PUBLIC', current_database());
END $$;

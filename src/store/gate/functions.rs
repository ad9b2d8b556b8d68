//! Functions a plugin may call. What is not here is refused: PostgreSQL has over 2,500, and among
//! them are ones that read files, sleep, lock, run text as SQL or change the session.

/// Sorted, for the search.
const ALLOWED: &[&str] = &[
    "abs", "acos", "age", "any_value", "array_agg", "array_append", "array_cat", "array_length",
    "array_ndims", "array_position", "array_positions", "array_prepend", "array_remove",
    "array_replace", "array_to_json", "array_to_string", "ascii", "asin", "atan", "atan2", "avg",
    "bit_and", "bit_length", "bit_or", "bool_and", "bool_or", "btrim", "cardinality", "cbrt",
    "ceil", "ceiling", "char_length", "character_length", "chr", "clock_timestamp", "coalesce",
    "concat", "concat_ws", "convert_from", "convert_to", "corr", "cos", "count", "covar_pop",
    "covar_samp", "cume_dist", "current_date", "current_time", "current_timestamp", "date",
    "date_add", "date_bin", "date_part", "date_subtract", "date_trunc", "decode", "degrees",
    "dense_rank", "div", "encode", "every", "exp", "extract", "first_value", "floor", "format",
    "gcd", "gen_random_uuid", "generate_series", "generate_subscripts", "get_byte", "greatest",
    "grouping", "initcap", "isfinite", "json_agg", "json_array", "json_array_elements",
    "json_array_elements_text", "json_array_length", "json_arrayagg", "json_build_array",
    "json_build_object", "json_each", "json_each_text", "json_extract_path",
    "json_extract_path_text", "json_object", "json_object_agg", "json_object_keys",
    "json_objectagg", "json_strip_nulls", "json_to_record", "json_to_recordset", "json_typeof",
    "jsonb_agg", "jsonb_array_elements", "jsonb_array_elements_text", "jsonb_array_length",
    "jsonb_build_array", "jsonb_build_object", "jsonb_each", "jsonb_each_text",
    "jsonb_extract_path", "jsonb_extract_path_text", "jsonb_insert", "jsonb_object",
    "jsonb_object_agg", "jsonb_object_keys", "jsonb_path_exists", "jsonb_path_match",
    "jsonb_path_query", "jsonb_path_query_array", "jsonb_path_query_first", "jsonb_pretty",
    "jsonb_set", "jsonb_set_lax", "jsonb_strip_nulls", "jsonb_to_record", "jsonb_to_recordset",
    "jsonb_typeof", "justify_days", "justify_hours", "justify_interval", "lag", "last_value",
    "lcm", "lead", "least", "left", "length", "ln", "localtime", "localtimestamp", "log", "log10",
    "lower", "lower_inc", "lpad", "ltrim", "make_date", "make_interval", "make_time",
    "make_timestamp", "make_timestamptz", "max", "md5", "min", "mod", "mode", "nextval",
    "normalize", "now", "nth_value", "ntile", "nullif", "num_nonnulls", "num_nulls",
    "octet_length", "overlay", "percent_rank", "percentile_cont", "percentile_disc",
    "phraseto_tsquery", "pi", "plainto_tsquery", "position", "power", "quote_literal",
    "quote_nullable", "radians", "random", "rank", "regexp_count", "regexp_instr", "regexp_like",
    "regexp_match", "regexp_matches", "regexp_replace", "regexp_split_to_array",
    "regexp_split_to_table", "regexp_substr", "regr_slope", "repeat", "replace", "reverse",
    "right", "round", "row", "row_number", "row_to_json", "rpad", "rtrim", "scale", "setweight",
    "sha224", "sha256", "sha384", "sha512", "sign", "sin", "split_part", "sqrt", "starts_with",
    "statement_timestamp", "stddev", "stddev_pop", "stddev_samp", "string_agg",
    "string_to_array", "string_to_table", "strip", "strpos", "substr", "substring", "sum", "tan",
    "to_char", "to_date", "to_hex", "to_json", "to_jsonb", "to_number", "to_timestamp",
    "to_tsquery", "to_tsvector", "transaction_timestamp", "translate", "trim", "trim_array",
    "trim_scale", "trunc", "ts_headline", "ts_rank", "ts_rank_cd", "unnest", "upper",
    "upper_inc", "var_pop", "var_samp", "variance", "websearch_to_tsquery", "width_bucket",
];

/// Whether a plugin may call `name`, lower-case and without schema.
pub(super) fn is_allowed(name: &str) -> bool {
    ALLOWED.binary_search(&name).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_harmless() {
        assert!(ALLOWED.is_sorted());
        for dangerous in [
            "set_config", "current_setting", "query_to_xml", "dblink", "lo_import", "pg_sleep",
            "pg_read_file", "ts_stat", "setval", "nextval_", "xpath", "current_user", "version",
        ] {
            assert!(!is_allowed(dangerous), "{dangerous}");
        }
        assert!(ALLOWED.iter().all(|name| !name.starts_with("pg_") && !name.starts_with("lo_")));
    }
}

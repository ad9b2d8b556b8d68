//! The JSON Schema of `manifest.json`, generated from the types that read it.

use std::path::Path;

use serde_json::Value;

use crate::error::{ErrorCode, Failure};
use crate::model::{ExitCode, Manifest};
use crate::sys::file::write_atomic;

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&WRITE];

static WRITE: ErrorCode = ErrorCode {
    id: "schema.write",
    exit: ExitCode::Usage,
    meaning: "The schema could not be written.",
    remedy: "Give a file in a directory that exists and is yours to write in.",
};

/// The schema, JSON Schema draft 2020-12.
pub(crate) fn schema() -> Value {
    schemars::schema_for!(Manifest).to_value()
}

/// Writes the schema to `path`.
pub(crate) fn write_schema(path: &Path) -> Result<(), Failure> {
    let text = format!("{:#}\n", schema());
    write_atomic(path, text.as_bytes(), false).map_err(|e| {
        Failure::new(&WRITE, format!("cannot write `{}`", path.display())).caused_by(&e)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every object schema that names its keys forbids others, and every reference resolves.
    fn walk(node: &Value, root: &Value, path: &str) {
        if let Some(object) = node.as_object() {
            if object.contains_key("properties")
                && object.get("type").is_some_and(|t| t == "object")
            {
                assert_eq!(object.get("additionalProperties"), Some(&Value::Bool(false)), "{path}");
            }
            if let Some(Value::String(reference)) = object.get("$ref") {
                assert!(root.pointer(&reference[1..]).is_some(), "{path}: {reference}");
            }
            for (key, value) in object {
                walk(value, root, &format!("{path}/{key}"));
            }
        }
        for (i, value) in node.as_array().into_iter().flatten().enumerate() {
            walk(value, root, &format!("{path}/{i}"));
        }
    }

    #[test]
    fn the_schema_is_closed_and_whole() {
        let schema = schema();
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert_eq!(schema["required"], serde_json::json!(["name", "slug", "version", "type"]));
        walk(&schema, &schema, "");
    }
}

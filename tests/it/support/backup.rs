//! Backups as earlier releases of the program wrote them.

use std::path::Path;

use serde_json::{Value, json};
use sha2::Digest;

/// Writes a backup in format 1: a file for each part, and no digest of the manifest.
pub fn to_format_1(dir: &Path) {
    let text = std::fs::read(dir.join("manifest.json")).unwrap();
    let mut manifest: Value = serde_json::from_slice(&text).unwrap();
    manifest["format"] = json!(1);
    let content = |part: &Value| -> Vec<u8> {
        let objects = dir.parent().unwrap().join("objects");
        let pieces = part["chunks"].as_array().unwrap().iter().flat_map(|chunk| {
            let name = chunk["digest"].as_str().unwrap().trim_start_matches("sha256:");
            zstd::decode_all(&std::fs::read(objects.join(name)).unwrap()[..]).unwrap()
        });
        pieces.collect()
    };
    let place = |part: &mut Value, file: &str, bytes: &[u8]| {
        std::fs::write(dir.join(file), bytes).unwrap();
        *part = json!({ "file": file, "size": bytes.len(), "digest": digest(bytes) });
    };
    let schema = content(&manifest["schema"]);
    place(&mut manifest["schema"], "schema.json", &schema);
    if manifest["code"].is_object() {
        let code = frame(&content(&manifest["code"]));
        place(&mut manifest["code"], "code.dpk", &code);
    }
    let pack = |bytes: &[u8]| zstd::encode_all(bytes, 3).unwrap();
    let data = pack(&content(&manifest["data"]["part"]));
    place(&mut manifest["data"]["part"], "data.copy.zst", &data);
    for (n, table) in manifest["tables"].as_array_mut().unwrap().iter_mut().enumerate() {
        let rows = pack(&content(&table["part"]));
        place(&mut table["part"], &format!("rows-{n}.copy.zst"), &rows);
    }
    std::fs::write(dir.join("manifest.json"), manifest.to_string()).unwrap();
    std::fs::remove_file(dir.join("manifest.sha256")).unwrap();
}

/// A digest as the program writes it.
pub fn digest(bytes: &[u8]) -> String {
    format!("sha256:{}", hex(bytes))
}

/// SHA-256 in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    sha2::Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The frame of a release archive around its tar.
fn frame(tar: &[u8]) -> Vec<u8> {
    let mut compressor = zstd::bulk::Compressor::new(9).unwrap();
    compressor.include_checksum(true).unwrap();
    compressor.include_contentsize(true).unwrap();
    compressor.include_dictid(false).unwrap();
    compressor.compress(tar).unwrap()
}

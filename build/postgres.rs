//! Puts a PostgreSQL bundle into the program when the build was given one:
//! `DAINO_POSTGRES_BUNDLE=/path/to/embedded-postgres-….tgz`. Never fetches anything.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::{env, fs};

/// Writes `postgres_bundle.rs`: the archive, and a short key that tells one archive from another.
pub fn write() {
    println!("cargo::rerun-if-env-changed=DAINO_POSTGRES_BUNDLE");
    println!("cargo::rerun-if-changed=build/postgres.rs");
    let out = env::var_os("OUT_DIR").unwrap_or_default();
    let given = env::var_os("DAINO_POSTGRES_BUNDLE").filter(|path| !path.is_empty());
    let text = match given {
        None => "const EMBEDDED: Option<&[u8]> = None;\nconst EMBEDDED_KEY: Option<&str> = None;\n"
            .to_owned(),
        Some(path) => embed(Path::new(&path), Path::new(&out)),
    };
    if let Err(error) = fs::write(Path::new(&out).join("postgres_bundle.rs"), text) {
        println!("cargo::error=cannot write postgres_bundle.rs: {error}");
    }
}

fn embed(path: &Path, out: &Path) -> String {
    println!("cargo::rerun-if-changed={}", path.display());
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            println!("cargo::error=cannot read {}: {error}", path.display());
            return String::new();
        }
    };
    if let Err(error) = fs::write(out.join("postgres_bundle.tgz"), &bytes) {
        println!("cargo::error=cannot write postgres_bundle.tgz: {error}");
    }
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    format!(
        "const EMBEDDED: Option<&[u8]> = Some(include_bytes!(concat!(env!(\"OUT_DIR\"), \
         \"/postgres_bundle.tgz\")));\nconst EMBEDDED_KEY: Option<&str> = Some(\"{:016x}\");\n",
        hasher.finish()
    )
}

//! The `daino-pdk` program.
//!
//! Two programs share this file. A process started with the worker's argument becomes a sandbox
//! worker before anything else exists (no thread, no runtime, no configuration), so that its
//! confinement covers its whole life. Everything else is the command line.

fn main() -> std::process::ExitCode {
    if let Some(code) = daino_pdk::sandbox::worker_entry() {
        return code;
    }
    daino_pdk::cli::main()
}

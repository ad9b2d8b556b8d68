//! Protection from source that is nested so deep that a recursive parser would run out of stack.
//!
//! A linear scan refuses absurd nesting first; what is left is parsed on a thread with a large
//! stack.

use super::ScriptError;

/// Deepest bracket nesting that is parsed. Hand-written code stays below 30, bundles below 200.
const MAX_DEPTH: usize = 1_000;
/// Most prefix operators and ternaries in one run without a line end, comma or semicolon.
const MAX_CHAIN: usize = 10_000;
/// Largest source file that is parsed, in bytes.
const MAX_SOURCE: usize = 8 * 1024 * 1024;
/// Stack of the parsing thread, in bytes; reserved, not used, by ordinary code.
const STACK: usize = 256 * 1024 * 1024;

/// Refuses text that is too large, or nests deeper than any author writes. Strings and comments
/// are not told apart, which errs on the safe side.
pub(crate) fn check(path: &str, text: &str) -> Result<(), ScriptError> {
    let limit = |reason: String| Err(ScriptError::Limit { path: path.to_owned(), reason });
    if text.len() > MAX_SOURCE {
        return limit(format!("has {} bytes; at most {MAX_SOURCE} are parsed", text.len()));
    }
    let (mut depth, mut deepest, mut chain, mut longest) = (0usize, 0usize, 0usize, 0usize);
    for byte in text.bytes() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            b'!' | b'~' | b'-' | b'+' | b'?' | b'=' | b'<' | b'`' => chain += 1,
            b';' | b'\n' | b',' => chain = 0,
            _ => {}
        }
        deepest = deepest.max(depth);
        longest = longest.max(chain);
    }
    if deepest > MAX_DEPTH {
        return limit(format!("nests {deepest} brackets deep; at most {MAX_DEPTH} are parsed"));
    }
    if longest > MAX_CHAIN {
        return limit(format!("chains {longest} operators; at most {MAX_CHAIN} are parsed"));
    }
    Ok(())
}

/// Runs `work` on a thread with a large stack. `None` when the thread could not be had or panicked.
pub(crate) fn on_deep_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).name("parser".to_owned());
        thread.spawn_scoped(scope, work).ok()?.join().ok()
    })
}

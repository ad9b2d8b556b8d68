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
/// Most `(` of TypeScript that are open at once with a `<` in them: each may be the parameters of an
/// arrow function with type arguments, and is read twice, with all that is in it.
const MAX_DOUBT: usize = 10;
/// Stack of the parsing thread, in bytes; reserved, not used, by ordinary code.
const STACK: usize = 256 * 1024 * 1024;

/// Refuses text that is too large, or nests deeper than any author writes. Strings and comments
/// are not told apart, which errs on the safe side.
pub(crate) fn check(path: &str, text: &str) -> Result<(), ScriptError> {
    let limit = |reason: String| Err(ScriptError::Limit { path: path.to_owned(), reason });
    if text.len() > MAX_SOURCE {
        return limit(format!("has {} bytes; at most {MAX_SOURCE} are parsed", text.len()));
    }
    let is_typescript = [".ts", ".tsx", ".mts", ".cts"].iter().any(|end| path.ends_with(end));
    if is_typescript && doubt(text) > MAX_DOUBT {
        return limit(format!("nests more than {MAX_DOUBT} round brackets with a `<` in them"));
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

/// Most round brackets that are open at once with a `<` directly in them.
fn doubt(text: &str) -> usize {
    #[derive(PartialEq)]
    enum Open {
        Round,
        Doubtful,
        Other,
    }
    let (mut open, mut doubtful, mut most) = (Vec::new(), 0usize, 0usize);
    for byte in text.bytes() {
        match byte {
            b'(' => open.push(Open::Round),
            b'[' | b'{' => open.push(Open::Other),
            b')' | b']' | b'}' => doubtful -= usize::from(open.pop() == Some(Open::Doubtful)),
            b'<' => {
                if let Some(last) = open.last_mut().filter(|last| **last == Open::Round) {
                    *last = Open::Doubtful;
                    doubtful += 1;
                    most = most.max(doubtful);
                }
            }
            _ => {}
        }
    }
    most
}

/// Runs `work` on a thread with a large stack. `None` when the thread could not be had or panicked.
pub(crate) fn on_deep_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).name("parser".to_owned());
        thread.spawn_scoped(scope, work).ok()?.join().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Few bytes on which the parser would take long and gigabytes.
    #[test]
    fn typescript_that_can_be_read_in_too_many_ways_is_refused() {
        let text = "(a =x <(".repeat(16);
        assert!(check("index.ts", &text).is_err());
        assert!(check("index.js", &text).is_ok(), "there are no type arguments to doubt");
        let usual =
            "f(g<T>(h<U>(new Map<string, (a: Set<B>) => C>())));\n{ a < b; { c < d } }".repeat(50);
        assert!(check("index.ts", &usual).is_ok());
    }
}

//! The program's own code in memory. What was read only to start stays in memory although nothing
//! runs it again; it can be forgotten, and is read again from the file where it is needed after all.

/// Forgets all of the program's code and constants that are in memory. Costs a fault for each sixteen
/// pages that are needed again, well under a millisecond in all.
#[cfg(target_os = "linux")]
#[allow(unsafe_code)]
pub(crate) fn forget() {
    unsafe extern "C" {
        // The linker's own marks: where the program begins in memory, and where its code ends. What
        // lies between is read and run only; what the loader writes to comes after it.
        static __executable_start: u8;
        static etext: u8;
    }
    const PAGE: usize = 4096;
    let start = (&raw const __executable_start) as usize;
    let end = (&raw const etext) as usize / PAGE * PAGE;
    if !start.is_multiple_of(PAGE) || end <= start {
        return;
    }
    // SAFETY: the pages hold what is in the program's file, unchanged, so forgetting them changes
    // nothing that can be seen. A kernel that refuses leaves everything as it was.
    unsafe {
        libc::madvise(start as *mut libc::c_void, end - start, libc::MADV_DONTNEED);
    }
}

/// Nothing: the system does not tell how.
#[cfg(not(target_os = "linux"))]
pub(crate) fn forget() {}

#[cfg(test)]
mod tests {
    #[cfg(target_os = "linux")]
    #[test]
    fn the_code_is_gone_and_still_runs() {
        let held = || {
            let maps = std::fs::read_to_string("/proc/self/smaps").unwrap();
            let exe = std::env::current_exe().unwrap().display().to_string();
            let mut is_code = false;
            maps.lines().fold(0u64, |sum, line| {
                if line.contains('-') && line.contains(&exe) {
                    is_code = line.contains("r-xp");
                } else if let Some(size) = line.strip_prefix("Rss:").filter(|_| is_code) {
                    is_code = false;
                    return sum + size.trim().trim_end_matches(" kB").parse::<u64>().unwrap();
                }
                sum
            })
        };
        let before = held();
        super::forget();
        let after = held();
        // What runs now comes back at once, and the kernel reads around it.
        assert!(after < before * 3 / 4, "{before} kB before, {after} kB after");
        assert_eq!("still".to_uppercase(), "STILL");
    }
}

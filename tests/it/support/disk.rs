//! A disk that is soon full.

/// A file system of few megabytes, where this account may mount one. Unmounted when dropped.
pub struct SmallDisk(std::path::PathBuf);

impl SmallDisk {
    /// One of so many megabytes at the directory; `None` where that is not permitted.
    pub fn mount(at: std::path::PathBuf, megabytes: u32) -> Option<Self> {
        std::fs::create_dir_all(&at).unwrap();
        let mut mount = std::process::Command::new("mount");
        let size = format!("size={megabytes}m,mode=755");
        mount.args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(&at);
        mount.output().is_ok_and(|done| done.status.success()).then_some(Self(at))
    }

    /// Takes all room but `left` bytes.
    pub fn fill(&self, left: usize) {
        use std::io::Write;
        let path = self.0.join("fill");
        let mut file = std::fs::File::create(&path).unwrap();
        let mut size = 0u64;
        while file.write_all(&[1; 4096]).is_ok() {
            size += 4096;
        }
        file.set_len(size.saturating_sub(left as u64)).unwrap();
    }

    /// Gives the room back.
    pub fn free(&self) {
        std::fs::remove_file(self.0.join("fill")).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").arg("-l").arg(&self.0).output();
    }
}

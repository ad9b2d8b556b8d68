//! Every kind of hostile archive, each refused for its own reason.

use std::time::{Duration, Instant};

use super::*;

/// A packed archive of a listing, a manifest and these entries.
fn packed_with(extra: &[Entry]) -> Vec<u8> {
    let entries = [&[plain_listing()][..], extra, &[manifest_entry()]].concat();
    frame::compress(&tar_of(&entries)).unwrap()
}

#[test]
fn the_handmade_base_is_good() {
    Package::read(&packed_with(&[])).unwrap();
}

#[test]
fn names_that_lead_outside_or_lie() {
    let mut entry = Entry::file("x", b"");
    entry = entry.patch(345, b"..");
    for (entry, reason) in [
        (Entry::file("../evil.js", b"x"), "`.` or `..`"),
        (Entry::file("a/../../evil.js", b"x"), "`.` or `..`"),
        (entry, "`.` or `..`"),
        (Entry::file("/etc/passwd", b"x"), "absolute"),
        (Entry::file("..\\evil.js", b"x"), "backslash"),
        (Entry::file("C:/evil.js", b"x"), "character that not every system"),
        (Entry::file("lib//a.js", b"x"), "empty component"),
        (Entry::file("./index.js", b"x"), "spelt in a second way"),
        (Entry::file("", b"x"), "empty"),
        (Entry::file("con.js", b"x"), "device"),
        (Entry::file("a.", b"x"), "dot or a space"),
        (Entry::file("x\u{202e}sj.exe", b"x"), "direction character"),
        (Entry::file("a\nb", b"x"), "control"),
        (Entry::raw(b"a\xff.js", b"x"), "not UTF-8"),
        (Entry::raw(b"a/", b""), "empty component"),
    ] {
        refuse(&packed_with(&[entry]), "package.path", reason);
    }
}

#[test]
fn entries_that_are_not_plain_files() {
    let link = |kind| Entry::file("a", b"").patch(157, b"/etc/passwd").kind(kind);
    for (entry, reason) in [
        (link(b'1'), "a hard link"),
        (link(b'2'), "a symbolic link"),
        (Entry::file("a", b"").kind(b'3'), "a character device"),
        (Entry::file("a", b"").kind(b'4'), "a block device"),
        (Entry::file("a/", b"").kind(b'5'), "a directory"),
        (Entry::file("a", b"").kind(b'6'), "a named pipe"),
        (Entry::file("a", b"").kind(b'7'), "old or vendor type"),
        (Entry::file("a", b"").kind(0), "old or vendor type"),
        (Entry::file("PaxHeaders/a", b"22 path=../../evil.js\n").kind(b'x'), "a PAX header"),
        (Entry::file("pax_global_header", b"22 path=../../evil.js\n").kind(b'g'), "a PAX header"),
        (Entry::file("././@LongLink", b"../../evil\0").kind(b'L'), "a GNU long name"),
        (Entry::file("././@LongLink", b"/etc/passwd\0").kind(b'K'), "a GNU long name"),
        (Entry::file("a", b"").kind(b'S'), "a sparse file"),
        (Entry::file("a", b"").kind(b'Z'), "unknown type"),
        (Entry::file("a", b"").patch(257, b"ustar  \0"), "a GNU header"),
        (Entry::file("a", b"").patch(257, &[0; 8]), "not ustar"),
        (Entry::file("a", b"").patch(100, b"0004755\0"), "setuid"),
        (Entry::file("a", b"").patch(100, b"0002644\0"), "setuid"),
        (Entry::file("a", b"").patch(100, b"0000755\0"), "mode other than 0644"),
    ] {
        refuse(&packed_with(&[entry]), "package.entry", reason);
    }
}

#[test]
fn headers_written_in_another_way() {
    for entry in [
        Entry::file("a", b"").patch(108, b"0001750\0"),
        Entry::file("a", b"").patch(136, b"14000000000\0"),
        Entry::file("a", b"").patch(265, b"root"),
        Entry::file("a", b"").patch(157, b"b"),
        Entry::file("a", b"").patch(500, b"x"),
        Entry::file("a", b"").patch(2, b"hidden"),
        Entry::file("b", b"").patch(345, b"a"),
        Entry::file("a", b"").patch(124, b"0\0"),
    ] {
        refuse(&packed_with(&[entry]), "package.form", "written in another way");
    }
    let mut wrong_sum = Entry::file("a", b"");
    wrong_sum.header[148] = b'7';
    refuse(&packed_with(&[wrong_sum]), "package.form", "checksum");
    let mut padding = Entry::file("a", b"x");
    padding.body[400] = 1;
    refuse(&packed_with(&[padding]), "package.form", "padding");
}

#[test]
fn sizes_that_are_not_there() {
    let huge = Entry::file("a", b"").patch(124, b"77777777777\0");
    refuse(&packed_with(&[huge]), "package.limit", "bytes in one file");
    let binary = Entry::file("a", b"").patch(124, b"\x80\0\0\0\0\0\x01\0\0\0\0\0");
    refuse(&packed_with(&[binary]), "package.form", "octal");
    let beyond = Entry::file("a", b"").patch(124, b"00000100000\0");
    refuse(&packed_with(&[beyond]), "package.form", "cut off");
}

#[test]
fn names_twice() {
    for (one, two) in
        [("a.js", "a.js"), ("A.js", "a.js"), ("e\u{301}.js", "é.js"), ("a", "a/b"), ("L/a", "l/b")]
    {
        let files = [(one, &b"1"[..]), (two, b"2"), ("manifest.json", MANIFEST_TEXT.as_bytes())];
        let mut entries = vec![Entry::file("release.json", &listing_bytes(&listing_of(&files)))];
        entries.extend(files.iter().map(|(p, c)| Entry::file(p, c)));
        let packed = frame::compress(&tar_of(&entries)).unwrap();
        refuse(&packed, "package.path", "the same name");
    }
    let second_listing = Entry::file("Release.json", b"{}");
    refuse(&packed_with(&[second_listing]), "package.path", "the same name");
}

#[test]
fn order_and_ends() {
    let files = [("b", &b""[..]), ("a", b""), ("manifest.json", MANIFEST_TEXT.as_bytes())];
    let mut entries = vec![Entry::file("release.json", &listing_bytes(&listing_of(&files)))];
    entries.extend(files.iter().map(|(p, c)| Entry::file(p, c)));
    refuse(&frame::compress(&tar_of(&entries)).unwrap(), "package.form", "not in order");

    let tar = tar_of(&[plain_listing(), manifest_entry()]);
    let packed = |tar: &[u8]| frame::compress(tar).unwrap();
    for cut in [0, 1, 511, 512, 700, tar.len() - 1024, tar.len() - 1, tar.len() - 512] {
        let error = Package::read(&packed(&tar[..cut])).unwrap_err();
        assert_eq!(error.code().id, "package.form", "{cut}: {error}");
    }
    let more = [&tar[..], b"trailing"].concat();
    refuse(&packed(&more), "package.form", "something follows");
    let zeros = [&tar[..], &[0; 512]].concat();
    refuse(&packed(&zeros), "package.form", "two zero blocks");
    let hidden = [&tar[..], &tar_of(&[manifest_entry()])].concat();
    refuse(&packed(&hidden), "package.form", "something follows");
    refuse(&packed(&tar[tar.len() - 1024..]), "package.form", "empty");
}

#[test]
fn frames_that_are_not_one_whole_frame() {
    let good = packed_with(&[]);
    for cut in 0..good.len() {
        let error = Package::read(&good[..cut]).unwrap_err();
        assert_eq!(error.code().id, "package.frame", "{cut}: {error}");
    }
    refuse(&[&good[..], &good].concat(), "package.frame", "bytes follow");
    refuse(&[&good[..], b"\0"].concat(), "package.frame", "bytes follow");
    let skippable = [0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0];
    refuse(&[&skippable[..], &good].concat(), "package.frame", "starts otherwise");
    refuse(&[&good[..], &skippable].concat(), "package.frame", "bytes follow");
    refuse(b"PK\x03\x04", "package.frame", "starts otherwise");
    let tar = frame::decompress(&good).unwrap();
    refuse(&zstd::bulk::compress(&tar, 3).unwrap(), "package.frame", "no checksum");
    let unsized_frame = zstd::stream::encode_all(tar.as_slice(), 3).unwrap();
    refuse(&unsized_frame, "package.frame", "it ");
    let mut flipped = good.clone();
    let last = flipped.len() - 1;
    flipped[last] ^= 1;
    refuse(&flipped, "package.frame", "damaged");
}

#[test]
fn bombs_cost_nothing() {
    let begun = Instant::now();
    // One gigabyte of zeros: 8,192 blocks of 128 KB, each in four bytes.
    let block = |last: u32| ((128 * 1024) << 3 | 1 << 1 | last).to_le_bytes();
    let mut bomb = vec![0x28, 0xb5, 0x2f, 0xfd, 0x84, 0x58];
    bomb.extend_from_slice(&(1u32 << 30).to_le_bytes());
    for at in 0..8_192u32 {
        bomb.extend_from_slice(&block(u32::from(at == 8_191))[..3]);
        bomb.push(0);
    }
    bomb.extend_from_slice(&[0; 4]);
    refuse(&bomb, "package.limit", "unpacked");
    // The same, with a size that would be allowed: it may not unpack to more than it says.
    bomb[6..10].copy_from_slice(&(1u32 << 20).to_le_bytes());
    refuse(&bomb, "package.frame", "damaged");
    let wide = [0x28, 0xb5, 0x2f, 0xfd, 0xc4, 0xff, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0];
    refuse(&wide, "package.limit", "window");
    refuse(&vec![0; 20 * 1024 * 1024 + 1], "package.limit", "bytes packed");
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

#[test]
fn more_files_than_a_release_has() {
    let entries: Vec<Entry> = (0..5_001).map(|i| Entry::file(&format!("f{i:05}"), b"")).collect();
    let names: Vec<String> = (0..5_001).map(|i| format!("f{i:05}")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), &b""[..])).collect();
    let listing = Entry::file("release.json", &listing_bytes(&listing_of(&files)));
    let packed = frame::compress(&tar_of(&[&[listing][..], &entries].concat())).unwrap();
    refuse(&packed, "package.limit", "5001 files");
}

#[test]
fn listings_that_lie() {
    let manifest_file = ("manifest.json", MANIFEST_TEXT.as_bytes());
    let with = |listing: &[u8], entries: &[Entry]| {
        let all = [&[Entry::file("release.json", listing)][..], entries].concat();
        frame::compress(&tar_of(&all)).unwrap()
    };
    let good = listing_of(&[manifest_file]);
    let text = listing_bytes(&good);
    let entry = [manifest_entry()];
    let mut wrong_digest = good.clone();
    wrong_digest.files[0].digest = Digest::of(b"other");
    let mut wrong_size = good.clone();
    wrong_size.files[0].size += 1;
    let mut newer = good.clone();
    newer.format = 2;
    for (packed, code, reason) in [
        (frame::compress(&tar_of(&entry)).unwrap(), "package.listing", "not the first entry"),
        (with(&listing_bytes(&wrong_digest), &entry), "package.listing", "another digest"),
        (with(&listing_bytes(&wrong_size), &entry), "package.listing", "another size"),
        (with(&listing_bytes(&newer), &entry), "package.listing", "does not know"),
        (with(&listing_bytes(&listing_of(&[])), &entry), "package.listing", "does not list"),
        (with(&text, &[]), "package.listing", "not there"),
        (with(&text, &[Entry::file("n", b"")]), "package.listing", "another file"),
        (with(b"{}", &entry), "package.listing", "cannot be read"),
        (with(b"\xff", &entry), "package.listing", "cannot be read"),
        (with(&"[".repeat(20_000).into_bytes(), &entry), "package.listing", "cannot be read"),
        (with(&[&text[..], b" "].concat(), &entry), "package.form", "another way"),
        (with(text.strip_suffix(b"\n").unwrap(), &entry), "package.form", "another way"),
    ] {
        refuse(&packed, code, reason);
    }
}

#[test]
fn manifests_that_lie() {
    let with = |text: &str| {
        let files = [("manifest.json", text.as_bytes())];
        let listing = Entry::file("release.json", &listing_bytes(&listing_of(&files)));
        frame::compress(&tar_of(&[listing, Entry::file("manifest.json", text.as_bytes())])).unwrap()
    };
    for (text, reason) in [
        (MANIFEST_TEXT.replace("sms-sender", "other"), "another plugin"),
        (MANIFEST_TEXT.replace("1.2.0", "1.2.1"), "another version"),
        (MANIFEST_TEXT.replace("\"type\"", "\"kind\""), "cannot be read"),
        ("[".repeat(30_000), "cannot be read"),
        (String::new(), "cannot be read"),
    ] {
        refuse(&with(&text), "package.manifest", reason);
    }
    let none = Entry::file("release.json", &listing_bytes(&listing_of(&[])));
    refuse(&frame::compress(&tar_of(&[none])).unwrap(), "package.manifest", "missing");
}

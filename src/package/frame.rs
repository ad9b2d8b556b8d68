//! The zstd frame around the tar (RFC 8878).
//!
//! Before anything is decompressed, the frame is walked block by block: its end must be the end of
//! the file, its size must be written in it and must be allowed, and it must carry a checksum. So
//! memory is bounded by what was checked, never by what the compressed bytes expand to.

use super::PackageError;
use super::limits::{MAX_PACKED, MAX_WINDOW, largest_tar};

/// Level of compression. Part of "the same tree gives the same bytes".
const LEVEL: i32 = 9;
const MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
const MAX_BLOCK: usize = 128 * 1024;

/// Compresses into one frame with content size and checksum.
pub(crate) fn compress(tar: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut compressor = zstd::bulk::Compressor::new(LEVEL)?;
    compressor.include_checksum(true)?;
    compressor.include_contentsize(true)?;
    compressor.include_dictid(false)?;
    compressor.compress(tar)
}

/// Decompresses one frame, within the limits.
pub(super) fn decompress(packed: &[u8]) -> Result<Vec<u8>, PackageError> {
    if packed.len() > MAX_PACKED {
        return Err(limit(packed.len() as u64, MAX_PACKED as u64, "bytes packed"));
    }
    let size = walk(packed)?;
    let largest = largest_tar(packed.len());
    if size > largest {
        return Err(limit(size, largest, "bytes unpacked for its packed size"));
    }
    let capacity = usize::try_from(size).map_err(|_| limit(size, largest, "bytes unpacked"))?;
    let tar = zstd::bulk::decompress(packed, capacity).map_err(PackageError::Damaged)?;
    if tar.len() != capacity {
        return Err(PackageError::Frame("its size is not the one it declares"));
    }
    Ok(tar)
}

fn limit(actual: u64, limit: u64, unit: &'static str) -> PackageError {
    PackageError::Limit { actual, limit, unit }
}

/// Follows the frame from its magic to its last byte; returns the declared content size.
fn walk(packed: &[u8]) -> Result<u64, PackageError> {
    const CUT: PackageError = PackageError::Frame("it is cut off");
    let mut rest = packed.strip_prefix(&MAGIC).ok_or(PackageError::Frame("it starts otherwise"))?;
    let mut take = |count: usize| -> Result<&[u8], PackageError> {
        let (head, tail) = rest.split_at_checked(count).ok_or(CUT)?;
        rest = tail;
        Ok(head)
    };
    let descriptor = take(1)?[0];
    let single_segment = descriptor & 0x20 != 0;
    if descriptor & 0x18 != 0 || descriptor & 0x03 != 0 {
        return Err(PackageError::Frame("it uses a dictionary or reserved bits"));
    }
    if descriptor & 0x04 == 0 {
        return Err(PackageError::Frame("it has no checksum"));
    }
    let mut window = 0;
    if !single_segment {
        let byte = take(1)?[0];
        let base = 1u64 << (10 + (byte >> 3));
        window = base + (base / 8) * u64::from(byte & 7);
    }
    let size = match descriptor >> 6 {
        0 if !single_segment => return Err(PackageError::Frame("it does not declare its size")),
        0 => little_endian(take(1)?),
        1 => little_endian(take(2)?) + 256,
        2 => little_endian(take(4)?),
        _ => little_endian(take(8)?),
    };
    if single_segment {
        window = size;
    }
    if window > MAX_WINDOW {
        return Err(limit(window, MAX_WINDOW, "bytes of compression window"));
    }
    loop {
        let header = little_endian(take(3)?);
        let length = usize::try_from(header >> 3).unwrap_or(usize::MAX);
        if length > MAX_BLOCK {
            return Err(PackageError::Frame("a block is larger than 128 KB"));
        }
        match (header >> 1) & 3 {
            0 | 2 => take(length)?,
            1 => take(1)?,
            _ => return Err(PackageError::Frame("a block has a reserved type")),
        };
        if header & 1 == 1 {
            break;
        }
    }
    take(4)?;
    if rest.is_empty() { Ok(size) } else { Err(PackageError::Frame("bytes follow its end")) }
}

fn little_endian(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |value, byte| (value << 8) | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_compressed_is_walked_to_its_end_at_every_size() {
        for size in [0usize, 1, 255, 256, 65_791, 65_792, 1_000_000, 20_000_000] {
            let mut state = 1u32;
            let content: Vec<u8> = (0..size)
                .map(|_| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (state >> 28) as u8
                })
                .collect();
            let packed = compress(&content).unwrap();
            assert_eq!(walk(&packed).unwrap(), size as u64);
            assert_eq!(decompress(&packed).unwrap(), content);
        }
    }
}

//! The C library's allocator, with the size it really gave: what a heap that counts is made of.

/// Takes `size` bytes; null when there are none.
pub(crate) fn allocate(size: usize) -> *mut u8 {
    // SAFETY: malloc has no precondition.
    #[allow(unsafe_code)]
    unsafe {
        libc::malloc(size).cast()
    }
}

/// Takes `count` × `size` bytes of zeros; null when there are none.
pub(crate) fn allocate_zeroed(count: usize, size: usize) -> *mut u8 {
    // SAFETY: calloc has no precondition and checks the product itself.
    #[allow(unsafe_code)]
    unsafe {
        libc::calloc(count, size).cast()
    }
}

/// Gives memory back.
///
/// # Safety
/// `memory` is null or came from this module and was not given back.
#[allow(unsafe_code)]
pub(crate) unsafe fn release(memory: *mut u8) {
    // SAFETY: the caller's promise is free's precondition.
    unsafe { libc::free(memory.cast()) }
}

/// Makes a piece of memory larger or smaller; null when that cannot be, and then it is unchanged.
///
/// # Safety
/// As for [`release`].
#[allow(unsafe_code)]
pub(crate) unsafe fn resize(memory: *mut u8, size: usize) -> *mut u8 {
    // SAFETY: the caller's promise is realloc's precondition.
    unsafe { libc::realloc(memory.cast(), size).cast() }
}

/// How many bytes a piece of memory really has.
///
/// # Safety
/// As for [`release`].
#[allow(unsafe_code)]
pub(crate) unsafe fn size_of(memory: *mut u8) -> usize {
    if memory.is_null() {
        return 0;
    }
    #[cfg(any(target_os = "linux", target_os = "android", target_os = "freebsd"))]
    // SAFETY: the caller's promise is the precondition.
    return unsafe { libc::malloc_usable_size(memory.cast()) };
    #[cfg(target_vendor = "apple")]
    // SAFETY: the caller's promise is the precondition.
    return unsafe { libc::malloc_size(memory.cast()) };
    #[cfg(windows)]
    {
        unsafe extern "C" {
            fn _msize(memory: *mut libc::c_void) -> usize;
        }
        // SAFETY: the caller's promise is the precondition.
        return unsafe { _msize(memory.cast()) };
    }
}

/// Most pieces that [`close_gaps`] takes: far more than a heap of some megabytes has gaps.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const MOST_GAPS: usize = 1 << 16;

/// Takes, for good, every free piece that lies between pieces in use, so that what is allocated from
/// now on lies together at the end of the heap. For a process that is copied: a copy shares a page
/// with it until it writes to it, and allocating from gaps all over the heap would write to them all.
///
/// Gives how many bytes it took. The process must have one thread.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(crate) fn close_gaps() -> usize {
    // From half of what is mapped apart, by halves, then by the steps in which sizes are rounded.
    let halves = (11..=16).rev().map(|power| 1 << power);
    let steps = (1..=64).rev().map(|step| step * 16);
    let end = end_of_pieces();
    let (mut count, mut taken) = (0, 0);
    for size in halves.chain(steps) {
        while count < MOST_GAPS {
            let piece = allocate(size);
            if piece.is_null() || piece.addr() >= end {
                // SAFETY: it came from `allocate`, or is null.
                #[allow(unsafe_code)]
                unsafe {
                    release(piece);
                }
                break;
            }
            count += 1;
            taken += size;
        }
    }
    taken
}

/// Takes the free pieces between those in use; this system's allocator does not tell where it ends.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(crate) fn close_gaps() -> usize {
    0
}

/// Where the part of the heap begins that was never given out.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn end_of_pieces() -> usize {
    // SAFETY: both only tell where the allocator is.
    #[allow(unsafe_code)]
    let (told, end) = unsafe { (libc::mallinfo2(), libc::sbrk(0)) };
    end.addr().saturating_sub(told.keepcost)
}

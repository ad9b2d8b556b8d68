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

//! The engine's memory, counted: how much is in use, and the most that was in use during a call.
//!
//! The engine enforces its limit by the same sizes, so both say the same.

use std::cell::Cell;
use std::rc::Rc;

use rquickjs::allocator::Allocator;

use crate::sys::heap;

/// Bytes in use now, and the most since [`Meter::restart`].
#[derive(Debug, Default)]
pub(super) struct Meter {
    now: Cell<usize>,
    peak: Cell<usize>,
}

impl Meter {
    /// Begins to look for the most anew.
    pub(super) fn restart(&self) {
        self.peak.set(self.now.get());
    }

    /// Bytes in use.
    pub(super) fn now(&self) -> u64 {
        self.now.get() as u64
    }

    /// The most bytes in use since then.
    pub(super) fn peak(&self) -> u64 {
        self.peak.get() as u64
    }

    fn change(&self, before: usize, after: usize) {
        let now = self.now.get().wrapping_sub(before).wrapping_add(after);
        self.now.set(now);
        if now > self.peak.get() {
            self.peak.set(now);
        }
    }
}

/// The C library's allocator, counting into a [`Meter`].
pub(super) struct CountingHeap(pub Rc<Meter>);

// SAFETY: malloc, calloc and realloc give memory aligned for any object and of at least the size
// asked for, or null; sizes come from the allocator itself.
#[allow(unsafe_code)]
unsafe impl Allocator for CountingHeap {
    fn alloc(&mut self, size: usize) -> *mut u8 {
        let memory = heap::allocate(size);
        // SAFETY: fresh from the allocator, or null.
        self.0.change(0, unsafe { heap::size_of(memory) });
        memory
    }

    fn calloc(&mut self, count: usize, size: usize) -> *mut u8 {
        let memory = heap::allocate_zeroed(count, size);
        // SAFETY: fresh from the allocator, or null.
        self.0.change(0, unsafe { heap::size_of(memory) });
        memory
    }

    unsafe fn dealloc(&mut self, memory: *mut u8) {
        // SAFETY: the engine gives back what it got from here.
        unsafe {
            self.0.change(heap::size_of(memory), 0);
            heap::release(memory);
        }
    }

    unsafe fn realloc(&mut self, memory: *mut u8, size: usize) -> *mut u8 {
        // SAFETY: the engine resizes what it got from here.
        unsafe {
            let before = heap::size_of(memory);
            let moved = heap::resize(memory, size);
            if !moved.is_null() {
                self.0.change(before, heap::size_of(moved));
            }
            moved
        }
    }

    unsafe fn usable_size(memory: *mut u8) -> usize {
        // SAFETY: the engine asks about what it got from here.
        unsafe { heap::size_of(memory) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(unsafe_code)]
    fn the_peak_is_the_most_in_use() {
        let meter = Rc::new(Meter::default());
        let mut heap = CountingHeap(Rc::clone(&meter));
        let first = heap.alloc(10_000);
        let second = heap.calloc(10, 1_000);
        // SAFETY: each piece is used as the allocator demands.
        unsafe {
            let second = heap.realloc(second, 50_000);
            let peak = meter.peak();
            assert!((60_000..62_000).contains(&peak), "{peak}");
            heap.dealloc(second);
            assert_eq!(meter.peak(), peak);
            meter.restart();
            assert!((10_000..11_000).contains(&meter.peak()));
            heap.dealloc(first);
        }
        meter.restart();
        assert_eq!(meter.peak(), 0);
    }
}

//! Views of the memory that tensors lie in.

use napi::bindgen_prelude::ArrayBuffer;
use napi::{Error, Result};
use std::marker::PhantomData;

const FLOAT: usize = size_of::<f32>();

/// The memory during one call. Views are checked against its bounds, not against each other: callers hand over inputs
/// and new outputs, which never overlap.
#[derive(Clone, Copy)]
pub struct Memory<'a> {
    base: *mut u8,
    bytes: usize,
    lifetime: PhantomData<&'a mut [u8]>,
}

impl<'a> Memory<'a> {
    pub fn new(mut buffer: ArrayBuffer<'a>) -> Self {
        // SAFETY: JavaScript waits for the call to end, and nothing else writes to the memory meanwhile.
        let bytes = unsafe { buffer.as_mut() };
        Self { base: bytes.as_mut_ptr(), bytes: bytes.len(), lifetime: PhantomData }
    }

    /// Floats that are read.
    pub fn floats(&self, address: u32, length: usize) -> Result<&'a [f32]> {
        let start = self.pointer(address, length)?;
        // SAFETY: the range lies inside the memory and is aligned; outputs do not overlap inputs.
        Ok(unsafe { std::slice::from_raw_parts(start, length) })
    }

    /// Floats that are written.
    pub fn output(&self, address: u32, length: usize) -> Result<&'a mut [f32]> {
        let start = self.pointer(address, length)?;
        // SAFETY: as above, and no two outputs overlap.
        Ok(unsafe { std::slice::from_raw_parts_mut(start, length) })
    }

    fn pointer(&self, address: u32, length: usize) -> Result<*mut f32> {
        let begin = address as usize;
        let end = length.checked_mul(FLOAT).and_then(|bytes| begin.checked_add(bytes));
        if !begin.is_multiple_of(FLOAT) || end.is_none_or(|end| end > self.bytes) {
            return Err(Error::from_reason(format!(
                "{length} floats from byte {begin} on are not inside a memory of {} bytes",
                self.bytes
            )));
        }
        // SAFETY: the offset is inside the memory.
        Ok(unsafe { self.base.add(begin) }.cast())
    }
}

/// A matrix whose parts several threads write, no element by two of them.
#[derive(Clone, Copy)]
pub struct SharedMatrix<'a> {
    start: *mut f32,
    length: usize,
    /// Floats between two rows.
    pub stride: usize,
    lifetime: PhantomData<&'a mut [f32]>,
}

// SAFETY: whoever shares one gives each thread elements of its own.
unsafe impl Send for SharedMatrix<'_> {}
unsafe impl Sync for SharedMatrix<'_> {}

impl<'a> SharedMatrix<'a> {
    pub fn new(elements: &'a mut [f32], stride: usize) -> Self {
        Self { start: elements.as_mut_ptr(), length: elements.len(), stride, lifetime: PhantomData }
    }

    /// Where an element lies, for products.
    pub fn pointer(&self, row: usize, column: usize) -> *mut f32 {
        let offset = row * self.stride + column;
        assert!(offset < self.length);
        // SAFETY: inside the elements.
        unsafe { self.start.add(offset) }
    }

    /// Part of a row.
    ///
    /// # Safety
    /// No other thread may have a view of these elements.
    #[allow(clippy::mut_from_ref)]
    #[inline(always)]
    pub unsafe fn part(&self, row: usize, begin: usize, length: usize) -> &'a mut [f32] {
        let offset = row * self.stride + begin;
        assert!(offset + length <= self.length);
        // SAFETY: inside the elements, and nobody else's.
        unsafe { std::slice::from_raw_parts_mut(self.start.add(offset), length) }
    }
}

/// An array whose parts several threads write.
pub struct SharedArray<'a, T> {
    start: *mut T,
    length: usize,
    lifetime: PhantomData<&'a mut [T]>,
}

// SAFETY: whoever shares one gives each thread elements of its own.
unsafe impl<T: Send> Send for SharedArray<'_, T> {}
unsafe impl<T: Send> Sync for SharedArray<'_, T> {}

impl<'a, T> SharedArray<'a, T> {
    pub fn new(elements: &'a mut [T]) -> Self {
        Self { start: elements.as_mut_ptr(), length: elements.len(), lifetime: PhantomData }
    }

    /// # Safety
    /// No other thread may have a view of these elements.
    #[allow(clippy::mut_from_ref)]
    pub unsafe fn part(&self, range: std::ops::Range<usize>) -> &'a mut [T] {
        assert!(range.start <= range.end && range.end <= self.length);
        // SAFETY: inside the elements, and nobody else's.
        unsafe { std::slice::from_raw_parts_mut(self.start.add(range.start), range.len()) }
    }
}

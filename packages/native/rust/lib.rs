//! Kernels of `@xtm/tensor`, compiled for the processor. They compute in place on the memory that tensors lie in; what
//! an argument calls an address is a byte offset into that memory, and strides are counted in floats.

mod adam;
mod decoder;
mod elementwise;
mod memory;
mod normalisation;
mod posterior;
mod product;
mod simd;
mod sparse;
mod threads;
mod word_contrast;

use decoder::Workspace;
use napi::bindgen_prelude::*;
use napi_derive::napi;
use std::cell::RefCell;
use threads::Threads;

/// All kernels, with the threads that share their work. Results do not depend on how many these are.
#[napi]
pub struct Kernels {
    threads: Threads,
    decoding: RefCell<Workspace>,
}

#[napi]
impl Kernels {
    /// Throws if so many threads cannot be started, or if the processor is too old.
    #[napi(constructor)]
    pub fn new(threads: u32) -> Result<Self> {
        if simd::instructions().is_none() {
            return Err(Error::from_reason("the processor has no fused multiplication and addition"));
        }
        let threads = Threads::start(threads as usize).map_err(|error| Error::from_reason(error.to_string()))?;
        Ok(Self { threads, decoding: RefCell::default() })
    }
}

/// The widest vectors that the kernels use on this processor, for people; none if they cannot run on it.
#[napi]
pub fn instructions() -> Option<&'static str> {
    simd::instructions()
}

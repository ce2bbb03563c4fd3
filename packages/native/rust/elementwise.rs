//! What is done element by element.

use crate::Kernels;
use crate::memory::{Memory, SharedMatrix};
use crate::simd::{LANES, exponential, log_one_plus};
use crate::threads::part_begin;
use multiversion::multiversion;
use napi::bindgen_prelude::*;
use napi_derive::napi;

/// Elements of a part.
const PART: usize = 1 << 14;

impl Kernels {
    /// Fills an output part by part; `fill` is given the part's output and its range.
    fn fill_parts(&self, output: &mut [f32], fill: impl Fn(&mut [f32], std::ops::Range<usize>) + Send + Sync) {
        let length = output.len();
        let parts = length.div_ceil(PART);
        let output = SharedMatrix::new(output, 0);
        self.threads.each(parts, parts > 1, |part| {
            let range = part_begin(length, parts, part, LANES)..part_begin(length, parts, part + 1, LANES);
            // SAFETY: parts do not overlap.
            let target = unsafe { output.part(0, range.start, range.len()) };
            fill(target, range);
        });
    }
}

#[napi]
impl Kernels {
    /// y = log(1 + e^x)
    #[napi]
    pub fn softplus(&self, memory: ArrayBuffer, length: u32, x: u32, y: u32) -> Result<()> {
        let memory = Memory::new(memory);
        let x = memory.floats(x, length as usize)?;
        self.fill_parts(memory.output(y, length as usize)?, |target, range| softplus(&x[range], target));
        Ok(())
    }

    /// Gradient of softplus' x, given that of y and y itself.
    #[napi]
    pub fn softplus_gradient(
        &self,
        memory: ArrayBuffer,
        length: u32,
        gradient: u32,
        y: u32,
        output: u32,
    ) -> Result<()> {
        let memory = Memory::new(memory);
        let (gradient, y) = (memory.floats(gradient, length as usize)?, memory.floats(y, length as usize)?);
        self.fill_parts(memory.output(output, length as usize)?, |target, range| {
            softplus_gradient(&gradient[range.clone()], &y[range], target);
        });
        Ok(())
    }

    /// output = x · mask, where the mask takes the place of uniform draws: 1 / (1 − rate) where a draw reaches `rate`,
    /// else 0; if rectified also 0 where x is not positive.
    #[allow(clippy::too_many_arguments)]
    #[napi]
    pub fn dropout(
        &self,
        memory: ArrayBuffer,
        length: u32,
        x: u32,
        mask: u32,
        rate: f64,
        rectify: bool,
        output: u32,
    ) -> Result<()> {
        let memory = Memory::new(memory);
        let length = length as usize;
        let (x, output, mask) =
            (memory.floats(x, length)?, memory.output(output, length)?, memory.output(mask, length)?);
        drop_elements(x, (rate as f32, (1.0 / (1.0 - rate)) as f32, rectify), mask, output);
        Ok(())
    }

    /// output = factor · x
    #[napi]
    pub fn scale(&self, memory: ArrayBuffer, length: u32, x: u32, factor: f64, output: u32) -> Result<()> {
        let memory = Memory::new(memory);
        let x = memory.floats(x, length as usize)?;
        self.fill_parts(memory.output(output, length as usize)?, |target, range| {
            scale_elements(&x[range], factor as f32, target);
        });
        Ok(())
    }

    /// output = x · y
    #[napi]
    pub fn multiply_elements(&self, memory: ArrayBuffer, length: u32, x: u32, y: u32, output: u32) -> Result<()> {
        let memory = Memory::new(memory);
        let (x, y) = (memory.floats(x, length as usize)?, memory.floats(y, length as usize)?);
        self.fill_parts(memory.output(output, length as usize)?, |target, range| {
            multiply_elements(&x[range.clone()], &y[range], target);
        });
        Ok(())
    }
}

#[multiversion(targets = "simd")]
fn softplus(x: &[f32], y: &mut [f32]) {
    for (to, x) in y.iter_mut().zip(x) {
        *to = x.max(0.0) + log_one_plus(exponential(-x.abs()));
    }
}

#[multiversion(targets = "simd")]
fn softplus_gradient(gradient: &[f32], y: &[f32], output: &mut [f32]) {
    for ((to, gradient), y) in output.iter_mut().zip(gradient).zip(y) {
        // 1 − e^−y, which keeps its precision for tiny y.
        let slope = if *y < 1e-3 { y - 0.5 * y * y } else { 1.0 - exponential(-y) };
        *to = gradient * slope;
    }
}

#[multiversion(targets = "simd")]
fn drop_elements(x: &[f32], (rate, scale, rectify): (f32, f32, bool), mask: &mut [f32], output: &mut [f32]) {
    for ((to, x), mask) in output.iter_mut().zip(x).zip(mask) {
        let kept = *mask >= rate && (!rectify || *x > 0.0);
        *mask = if kept { scale } else { 0.0 };
        *to = x * *mask;
    }
}

#[multiversion(targets = "simd")]
fn multiply_elements(x: &[f32], y: &[f32], output: &mut [f32]) {
    for ((to, x), y) in output.iter_mut().zip(x).zip(y) {
        *to = x * y;
    }
}

#[multiversion(targets = "simd")]
fn scale_elements(x: &[f32], factor: f32, output: &mut [f32]) {
    for (to, x) in output.iter_mut().zip(x) {
        *to = factor * x;
    }
}

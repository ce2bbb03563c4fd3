//! Adam in place, and the norm that gradients are clipped by.

use crate::Kernels;
use crate::memory::{Memory, SharedMatrix};
use crate::simd::{LANES, sum_lanes};
use multiversion::multiversion;
use napi::bindgen_prelude::*;
use napi_derive::napi;
use std::sync::Mutex;

/// Elements of a part.
const PART: usize = 1 << 16;

/// Elements whose squares are added in 32 bits before they go into a sum of 64.
const CHUNK: usize = 1 << 12;

/// Moments smaller than this are set to 0: they change nothing, but would end as denormal numbers, which are slow.
const NEGLIGIBLE: f32 = 1e-30;

/// Factors of a step: m = first_kept·m + first_taken·s·g, v = second_kept·v + second_taken·(s·g)², and p −= step_size·m
/// / (√v·second_scale + epsilon), where s is `gradient_scale`.
#[napi(object)]
pub struct AdamFactors {
    pub gradient_scale: f64,
    pub step_size: f64,
    pub first_kept: f64,
    pub first_taken: f64,
    pub second_kept: f64,
    pub second_taken: f64,
    pub second_scale: f64,
    pub epsilon: f64,
}

/// Addresses of a parameter, its gradient and both moments.
#[napi(object)]
pub struct AdamTensors {
    pub parameter: u32,
    pub gradient: u32,
    pub first: u32,
    pub second: u32,
}

#[napi]
impl Kernels {
    /// One Adam step of a parameter.
    #[napi]
    pub fn adam(&self, memory: ArrayBuffer, length: u32, tensors: AdamTensors, factors: AdamFactors) -> Result<()> {
        let memory = Memory::new(memory);
        let length = length as usize;
        let gradient = memory.floats(tensors.gradient, length)?;
        let parameter = SharedMatrix::new(memory.output(tensors.parameter, length)?, 0);
        let first = SharedMatrix::new(memory.output(tensors.first, length)?, 0);
        let second = SharedMatrix::new(memory.output(tensors.second, length)?, 0);
        let parts = length.div_ceil(PART);
        self.threads.each(parts, parts > 1, |part| {
            let begin = part * PART;
            let count = PART.min(length - begin);
            // SAFETY: parts do not overlap, nor do the tensors.
            let (parameter, first, second) =
                unsafe { (parameter.part(0, begin, count), first.part(0, begin, count), second.part(0, begin, count)) };
            step(parameter, &gradient[begin..begin + count], first, second, &factors);
        });
        Ok(())
    }

    /// Sets negligible values to 0.
    #[napi]
    pub fn sweep_negligible(&self, memory: ArrayBuffer, length: u32, x: u32) -> Result<()> {
        sweep(Memory::new(memory).output(x, length as usize)?);
        Ok(())
    }

    /// Sum of squares.
    #[napi]
    pub fn sum_of_squares(&self, memory: ArrayBuffer, length: u32, x: u32) -> Result<f64> {
        let x = Memory::new(memory).floats(x, length as usize)?;
        let parts = x.len().div_ceil(PART);
        let sums = Mutex::new(vec![0.0; parts]);
        self.threads.each(parts, parts > 1, |part| {
            let end = x.len().min((part + 1) * PART);
            let sum = x[part * PART..end].chunks(CHUNK).map(squares).sum::<f64>();
            sums.lock().expect("no part panics")[part] = sum;
        });
        Ok(sums.into_inner().expect("no part panics").into_iter().sum())
    }
}

#[multiversion(targets = "simd")]
fn step(parameter: &mut [f32], gradient: &[f32], first: &mut [f32], second: &mut [f32], factors: &AdamFactors) {
    let [scale, size, keep1, take1, keep2, take2, root_scale, epsilon] = [
        factors.gradient_scale,
        factors.step_size,
        factors.first_kept,
        factors.first_taken,
        factors.second_kept,
        factors.second_taken,
        factors.second_scale,
        factors.epsilon,
    ]
    .map(|factor| factor as f32);
    let moments = first.iter_mut().zip(second.iter_mut());
    for ((p, g), (m, v)) in parameter.iter_mut().zip(gradient).zip(moments) {
        let slope = scale * g;
        *m = slope.mul_add(take1, keep1 * *m);
        *v = (slope * slope).mul_add(take2, keep2 * *v);
        *p -= size * *m / v.sqrt().mul_add(root_scale, epsilon);
    }
}

#[multiversion(targets = "simd")]
fn sweep(x: &mut [f32]) {
    for value in x {
        *value = if value.abs() < NEGLIGIBLE { 0.0 } else { *value };
    }
}

#[multiversion(targets = "simd")]
fn squares(x: &[f32]) -> f64 {
    let mut lanes = [[0.0; LANES]; 4];
    let (blocks, rest) = x.as_chunks::<{ 4 * LANES }>();
    for block in blocks {
        for (sums, values) in lanes.iter_mut().zip(block.as_chunks::<LANES>().0) {
            for lane in 0..LANES {
                sums[lane] = values[lane].mul_add(values[lane], sums[lane]);
            }
        }
    }
    let whole: f32 = lanes.iter().map(sum_lanes).sum();
    rest.iter().fold(f64::from(whole), |sum, value| sum + f64::from(*value) * f64::from(*value))
}

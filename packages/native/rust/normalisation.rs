//! Batch normalisation over the rows of a matrix.

use crate::Kernels;
use crate::memory::Memory;
use multiversion::multiversion;
use napi::bindgen_prelude::*;
use napi_derive::napi;

/// Means and biased variances of columns of a matrix whose rows are so many floats apart, from the first column on as
/// many as there are means.
#[multiversion(targets = "simd")]
pub fn measure(x: &[f32], stride: usize, means: &mut [f32], variances: &mut [f32]) {
    let rows = x.chunks(stride);
    let share = 1.0 / rows.len() as f32;
    means.fill(0.0);
    variances.fill(0.0);
    for row in rows.clone() {
        for (sum, value) in means.iter_mut().zip(row) {
            *sum += value;
        }
    }
    means.iter_mut().for_each(|mean| *mean *= share);
    for row in rows {
        for ((sum, value), mean) in variances.iter_mut().zip(row).zip(&*means) {
            let distance = value - mean;
            *sum = distance.mul_add(distance, *sum);
        }
    }
    variances.iter_mut().for_each(|variance| *variance *= share);
}

/// 1 / √(variance + epsilon)
#[multiversion(targets = "simd")]
pub fn invert(variances: &[f32], epsilon: f32, deviations: &mut [f32]) {
    for (to, variance) in deviations.iter_mut().zip(variances) {
        *to = 1.0 / (variance + epsilon).sqrt();
    }
}

/// Normalises a row in place; the output is that plus the shift.
#[multiversion(targets = "simd")]
fn normalise(row: &mut [f32], means: &[f32], deviations: &[f32], shift: &[f32], output: &mut [f32]) {
    let statistics = means.iter().zip(deviations).zip(shift);
    for ((hat, out), ((mean, deviation), shift)) in row.iter_mut().zip(output).zip(statistics) {
        *hat = (*hat - mean) * deviation;
        *out = *hat + shift;
    }
}

/// Gradients of normalised columns and of the shift, given that of the output.
#[multiversion(targets = "simd")]
fn differentiate(
    (gradient, normalised): (&[f32], &[f32]),
    deviations: &[f32],
    output: &mut [f32],
    shift_gradient: &mut [f32],
) {
    let columns = deviations.len();
    let share = columns as f32 / gradient.len() as f32;
    let mut slopes = vec![0.0; columns];
    shift_gradient.fill(0.0);
    for (gradient, hat) in gradient.chunks_exact(columns).zip(normalised.chunks_exact(columns)) {
        for ((sum, slope), (gradient, hat)) in shift_gradient.iter_mut().zip(&mut slopes).zip(gradient.iter().zip(hat))
        {
            *sum += gradient;
            *slope = gradient.mul_add(*hat, *slope);
        }
    }
    for ((output, gradient), hat) in
        output.chunks_exact_mut(columns).zip(gradient.chunks_exact(columns)).zip(normalised.chunks_exact(columns))
    {
        let sums = shift_gradient.iter().zip(&slopes).zip(deviations);
        for ((out, (gradient, hat)), ((sum, slope), deviation)) in
            output.iter_mut().zip(gradient.iter().zip(hat)).zip(sums)
        {
            *out = (gradient - sum * share - hat * (slope * share)) * deviation;
        }
    }
}

/// Running statistics learn from a batch's: running = (1 − momentum)·running + momentum·factor·batch.
fn learn(running: &mut [f32], batch: &[f32], momentum: f32, factor: f32) {
    for (running, batch) in running.iter_mut().zip(batch) {
        *running = (1.0 - momentum) * *running + momentum * factor * batch;
    }
}

/// Addresses of running statistics [columns], and how much of a batch's they take up.
#[napi(object)]
pub struct RunningStatistics {
    pub mean: u32,
    pub variance: u32,
    pub momentum: f64,
}

impl RunningStatistics {
    /// Learns from a batch. A single row has no variance to learn from.
    pub fn learn(&self, memory: Memory, rows: usize, mean: &[f32], variance: &[f32]) -> Result<()> {
        learn(memory.output(self.mean, mean.len())?, mean, self.momentum as f32, 1.0);
        if rows > 1 {
            let factor = rows as f32 / (rows - 1) as f32;
            learn(memory.output(self.variance, mean.len())?, variance, self.momentum as f32, factor);
        }
        Ok(())
    }
}

#[napi]
impl Kernels {
    /// Normalises x [rows, columns] by its own statistics: `normalised` [rows, columns], `inverse_deviation` [columns]
    /// and `output` [rows, columns] = normalised + shift. The running statistics learn from the batch.
    #[allow(clippy::too_many_arguments)]
    #[napi]
    pub fn batch_normalise(
        &self,
        memory: ArrayBuffer,
        rows: u32,
        columns: u32,
        x: u32,
        shift: u32,
        epsilon: f64,
        running: RunningStatistics,
        normalised: u32,
        inverse_deviation: u32,
        output: u32,
    ) -> Result<()> {
        let memory = Memory::new(memory);
        let (rows, columns) = (rows as usize, columns as usize);
        let size = rows * columns;
        let normalised = memory.output(normalised, size)?;
        normalised.copy_from_slice(memory.floats(x, size)?);
        let (shift, output) = (memory.floats(shift, columns)?, memory.output(output, size)?);
        let inverse_deviation = memory.output(inverse_deviation, columns)?;
        let (mut means, mut variances) = (vec![0.0; columns], vec![0.0; columns]);
        measure(normalised, columns, &mut means, &mut variances);
        invert(&variances, epsilon as f32, inverse_deviation);
        for (row, output) in normalised.chunks_exact_mut(columns).zip(output.chunks_exact_mut(columns)) {
            normalise(row, &means, inverse_deviation, shift, output);
        }
        running.learn(memory, rows, &means, &variances)
    }

    /// Gradients of x [rows, columns] and of the shift [columns], given that of the output.
    #[allow(clippy::too_many_arguments)]
    #[napi]
    pub fn batch_normalise_gradient(
        &self,
        memory: ArrayBuffer,
        rows: u32,
        columns: u32,
        gradient: u32,
        normalised: u32,
        inverse_deviation: u32,
        output: u32,
        shift_gradient: u32,
    ) -> Result<()> {
        let memory = Memory::new(memory);
        let (rows, columns) = (rows as usize, columns as usize);
        let (gradient, normalised) =
            (memory.floats(gradient, rows * columns)?, memory.floats(normalised, rows * columns)?);
        let inverse_deviation = memory.floats(inverse_deviation, columns)?;
        let (output, shift_gradient) =
            (memory.output(output, rows * columns)?, memory.output(shift_gradient, columns)?);
        differentiate((gradient, normalised), inverse_deviation, output, shift_gradient);
        Ok(())
    }
}

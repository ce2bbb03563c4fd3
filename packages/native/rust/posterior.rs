//! The diagonal Gaussian of each document over the topics' logits: draws from it, and its divergence from another.

use crate::Kernels;
use crate::memory::Memory;
use crate::simd::{exponential, sum};
use multiversion::multiversion;
use napi::bindgen_prelude::*;
use napi_derive::napi;

/// Exponents are held within this, so that gradients of posteriors far away stay finite.
const LARGEST_EXPONENT: f32 = 60.0;

/// Addresses of means and log variances [rows, columns] each.
#[napi(object)]
pub struct Gaussian {
    pub mean: u32,
    pub log_variance: u32,
}

#[napi]
impl Kernels {
    /// output [rows, columns] = softmax over each row of mean + noise · e^(log variance / 2).
    #[allow(clippy::too_many_arguments)]
    #[napi]
    pub fn draw_softmax(
        &self,
        memory: ArrayBuffer,
        rows: u32,
        columns: u32,
        posterior: Gaussian,
        noise: u32,
        output: u32,
    ) -> Result<()> {
        let memory = Memory::new(memory);
        let size = rows as usize * columns as usize;
        let (mean, log_variance) = (memory.floats(posterior.mean, size)?, memory.floats(posterior.log_variance, size)?);
        let (noise, output) = (memory.floats(noise, size)?, memory.output(output, size)?);
        draw(mean, log_variance, noise, output);
        output.chunks_exact_mut((columns as usize).max(1)).for_each(softmax);
        Ok(())
    }

    /// Gradients of mean and log variance, given that of the softmax and the softmax itself.
    #[allow(clippy::too_many_arguments)]
    #[napi]
    pub fn draw_softmax_gradient(
        &self,
        memory: ArrayBuffer,
        rows: u32,
        columns: u32,
        log_variance: u32,
        noise: u32,
        softmax: u32,
        gradient: u32,
        outputs: Gaussian,
    ) -> Result<()> {
        let memory = Memory::new(memory);
        let (size, columns) = (rows as usize * columns as usize, (columns as usize).max(1));
        let (log_variance, noise) = (memory.floats(log_variance, size)?, memory.floats(noise, size)?);
        let (softmax, gradient) = (memory.floats(softmax, size)?, memory.floats(gradient, size)?);
        let (mean, variance) = (memory.output(outputs.mean, size)?, memory.output(outputs.log_variance, size)?);
        for ((gradient, softmax), mean) in
            gradient.chunks_exact(columns).zip(softmax.chunks_exact(columns)).zip(mean.chunks_exact_mut(columns))
        {
            softmax_gradient(gradient, softmax, mean);
        }
        draw_gradient(mean, log_variance, noise, variance);
        Ok(())
    }

    /// Mean over the rows of the divergence of one Gaussian from another, and its gradients. The other one has as many
    /// rows, or a single one for all; its gradients are not computed if their addresses are 0.
    #[allow(clippy::too_many_arguments)]
    #[napi]
    pub fn gaussian_kl(
        &self,
        memory: ArrayBuffer,
        rows: u32,
        columns: u32,
        posterior: Gaussian,
        prior: Gaussian,
        prior_rows: u32,
        posterior_gradients: Gaussian,
        prior_gradients: Gaussian,
    ) -> Result<f64> {
        let memory = Memory::new(memory);
        let (rows, columns) = (rows as usize, (columns as usize).max(1));
        let (size, prior_size) = (rows * columns, prior_rows as usize * columns);
        let read = |gaussian: &Gaussian, size: usize| -> Result<[&[f32]; 2]> {
            Ok([memory.floats(gaussian.mean, size)?, memory.floats(gaussian.log_variance, size)?])
        };
        let write = |gaussian: &Gaussian| -> Result<Option<[&mut [f32]; 2]>> {
            match gaussian.mean {
                0 => Ok(None),
                _ => Ok(Some([memory.output(gaussian.mean, size)?, memory.output(gaussian.log_variance, size)?])),
            }
        };
        let (posterior, prior) = (read(&posterior, size)?, read(&prior, prior_size)?);
        let (mut own, mut others) = (write(&posterior_gradients)?, write(&prior_gradients)?);
        let share = 0.5 / rows as f32;
        let (mut total, mut terms) = (0.0, vec![0.0; columns]);
        for begin in (0..size).step_by(columns) {
            let row = begin..begin + columns;
            let prior_row = if prior_size == size { row.clone() } else { 0..columns };
            let own = own.as_mut().map(|[mean, variance]| [&mut mean[row.clone()], &mut variance[row.clone()]]);
            let others = others.as_mut().map(|[mean, variance]| [&mut mean[row.clone()], &mut variance[row.clone()]]);
            let posterior = [&posterior[0][row.clone()], &posterior[1][row.clone()]];
            let prior = [&prior[0][prior_row.clone()], &prior[1][prior_row]];
            total += f64::from(diverge(posterior, prior, share, &mut terms, own, others));
        }
        Ok(total)
    }
}

#[multiversion(targets = "simd")]
fn draw(mean: &[f32], log_variance: &[f32], noise: &[f32], output: &mut [f32]) {
    for ((to, mean), (log_variance, noise)) in output.iter_mut().zip(mean).zip(log_variance.iter().zip(noise)) {
        *to = noise.mul_add(exponential(0.5 * log_variance), *mean);
    }
}

/// Gradient of the log variances, given that of the draw.
#[multiversion(targets = "simd")]
fn draw_gradient(gradient: &[f32], log_variance: &[f32], noise: &[f32], output: &mut [f32]) {
    for ((to, gradient), (log_variance, noise)) in output.iter_mut().zip(gradient).zip(log_variance.iter().zip(noise)) {
        *to = 0.5 * gradient * noise * exponential(0.5 * log_variance);
    }
}

#[multiversion(targets = "simd")]
fn softmax(row: &mut [f32]) {
    let largest = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    for value in row.iter_mut() {
        *value = exponential(*value - largest);
    }
    let scale = 1.0 / sum(row);
    for value in row {
        *value *= scale;
    }
}

#[multiversion(targets = "simd")]
fn softmax_gradient(gradient: &[f32], softmax: &[f32], output: &mut [f32]) {
    for ((to, gradient), softmax) in output.iter_mut().zip(gradient).zip(softmax) {
        *to = gradient * softmax;
    }
    let total = sum(output);
    for (to, softmax) in output.iter_mut().zip(softmax) {
        *to -= softmax * total;
    }
}

/// `share` times the divergence of one row's Gaussian from another, twice, and its gradients.
#[multiversion(targets = "simd")]
fn diverge(
    [mean, log_variance]: [&[f32]; 2],
    [prior_mean, prior_log_variance]: [&[f32]; 2],
    share: f32,
    terms: &mut [f32],
    own: Option<[&mut [f32]; 2]>,
    others: Option<[&mut [f32]; 2]>,
) -> f32 {
    let bounded = |exponent: f32| exponential(exponent.clamp(-LARGEST_EXPONENT, LARGEST_EXPONENT));
    let inputs = || mean.iter().zip(log_variance).zip(prior_mean.iter().zip(prior_log_variance));
    for (to, ((m, v), (pm, pv))) in terms.iter_mut().zip(inputs()) {
        let distance = m - pm;
        *to = share * (bounded(v - pv) + distance * distance * bounded(-pv) - (v - pv) - 1.0);
    }
    if let Some([of_mean, of_variance]) = own {
        for ((to_m, to_v), ((m, v), (pm, pv))) in of_mean.iter_mut().zip(of_variance).zip(inputs()) {
            *to_m = share * 2.0 * (m - pm) * bounded(-pv);
            *to_v = share * (bounded(v - pv) - 1.0);
        }
    }
    if let Some([of_mean, of_variance]) = others {
        for ((to_m, to_v), ((m, v), (pm, pv))) in of_mean.iter_mut().zip(of_variance).zip(inputs()) {
            let distance = m - pm;
            *to_m = share * -2.0 * distance * bounded(-pv);
            *to_v = share * (1.0 - bounded(v - pv) - distance * distance * bounded(-pv));
        }
    }
    sum(terms)
}

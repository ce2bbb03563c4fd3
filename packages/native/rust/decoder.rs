//! Reconstruction loss of a decoder: batch normalisation of the logits, softmax and sparse log likelihood.
//!
//! Losses are nearly always averaged, so that the gradient of each is the same number. `decode` therefore finds the
//! gradients for 1 at once, while the logits are in the cache; whoever needs them for other numbers has all computed
//! again by `decoder_gradients`. Nothing of the size of the logits is kept between the two.

use crate::Kernels;
use crate::memory::{Memory, SharedMatrix};
use crate::normalisation::{RunningStatistics, invert, measure};
use crate::product::{Strided, add_rows, multiply};
use crate::simd::{LANES, exponential, sum};
use crate::threads::{Threads, part_begin};
use gemm::Parallelism;
use multiversion::multiversion;
use napi::bindgen_prelude::*;
use napi_derive::napi;
use std::ops::Range;

/// Columns of a part, whose logits stay in the second-level cache.
const PART_COLUMNS: usize = 256;

/// Floats of a row of a part: rows a power of two apart would crowd into few places of the cache.
const PART_STRIDE: usize = PART_COLUMNS + LANES;

/// Parts that the documents are cut into.
const DOCUMENT_PARTS: usize = 8;

/// Below so many logits threads would take longer to wake than to work.
const WORTH_THREADS: usize = 1 << 14;

/// Sizes of a batch.
#[napi(object)]
pub struct DecoderSizes {
    /// Documents.
    pub rows: u32,
    /// Words of the vocabulary.
    pub columns: u32,
    pub topics: u32,
}

/// Addresses of topic proportions [rows, topics], of topic-word weights [topics, columns] and of the normalisation's
/// shift [columns]; epsilon of the normalisation; how probabilities are kept from 0: the floor is added to them, or they
/// are clamped at it.
#[napi(object)]
pub struct DecoderInputs {
    pub theta: u32,
    pub beta: u32,
    pub shift: u32,
    pub epsilon: f64,
    pub floor: f64,
    pub clamp: bool,
}

/// Addresses of the gradients of theta, beta and the shift.
#[napi(object)]
pub struct DecoderGradients {
    pub theta: u32,
    pub beta: u32,
    pub shift: u32,
}

/// A batch of documents and what it is decoded with.
struct Batch<'a> {
    rows: usize,
    columns: usize,
    topics: usize,
    theta: &'a [f32],
    beta: &'a [f32],
    shift: &'a [f32],
    epsilon: f32,
    floor: ProbabilityFloor,
    /// Where each document's words begin, words, counts.
    begins: &'a [i32],
    words: &'a [i32],
    counts: &'a [f32],
}

struct ProbabilityFloor {
    value: f64,
    clamp: bool,
}

/// What one batch after another is computed in. Of the logits, part by part and document by document.
#[derive(Default)]
pub struct Workspace {
    /// Normalised logits [parts][rows][PART_STRIDE].
    normalised: Vec<f32>,
    /// Their exponentials with the shift, likewise; the gradient of the normalised logits is factor · exponential, and
    /// takes their place.
    exponentials: Vec<f32>,
    /// 1 / √(variance + ε), mean and variance [columns].
    inverse_deviation: Vec<f32>,
    mean: Vec<f32>,
    variance: Vec<f32>,
    /// Of each part: sums of exponentials [rows], share in theta's gradient [rows, topics].
    row_sums: Vec<f32>,
    theta_shares: Vec<f32>,
    /// [rows].
    factors: Vec<f32>,
    losses: Vec<f32>,
}

impl Workspace {
    fn reserve(&mut self, batch: &Batch) {
        let parts = batch.parts();
        for (array, length) in [
            (&mut self.normalised, parts * batch.rows * PART_STRIDE),
            (&mut self.exponentials, parts * batch.rows * PART_STRIDE),
            (&mut self.inverse_deviation, batch.columns),
            (&mut self.mean, batch.columns),
            (&mut self.variance, batch.columns),
            (&mut self.row_sums, parts * batch.rows),
            (&mut self.theta_shares, parts * batch.rows * batch.topics),
            (&mut self.factors, batch.rows),
            (&mut self.losses, batch.rows),
        ] {
            // Never smaller: what grows again would be filled again.
            array.resize(length.max(array.len()), 0.0);
        }
    }
}

impl Batch<'_> {
    fn parts(&self) -> usize {
        self.columns.div_ceil(PART_COLUMNS)
    }

    fn is_worth_threads(&self) -> bool {
        self.rows * self.columns >= WORTH_THREADS
    }

    fn columns_of(&self, part: usize) -> Range<usize> {
        part * PART_COLUMNS..self.columns.min((part + 1) * PART_COLUMNS)
    }

    /// A row of one part in the normalised logits and exponentials, seen as [parts · rows, PART_STRIDE].
    fn row_of(&self, part: usize, row: usize) -> usize {
        part * self.rows + row
    }

    /// Floats from a part's first logit to its last.
    fn length_of(&self, part: usize) -> usize {
        (self.rows - 1) * PART_STRIDE + self.columns_of(part).len()
    }

    /// Losses, and what exponentials are multiplied by to be gradients, up to those of the losses.
    fn score(&self, threads: &Threads, space: &mut Workspace) {
        space.reserve(self);
        self.normalise(threads, space);
        let exponentials = SharedMatrix::new(&mut space.exponentials, PART_STRIDE);
        let (losses, factors) = (SharedMatrix::new(&mut space.losses, 1), SharedMatrix::new(&mut space.factors, 1));
        let (parts, row_sums) = (self.parts(), &space.row_sums);
        threads.each(DOCUMENT_PARTS, self.words.len() >= WORTH_THREADS / 8, |part| {
            let documents =
                part_begin(self.rows, DOCUMENT_PARTS, part, 1)..part_begin(self.rows, DOCUMENT_PARTS, part + 1, 1);
            for row in documents {
                let sum = (0..parts).map(|part| row_sums[self.row_of(part, row)]).sum();
                // SAFETY: documents are a part's own.
                let (loss, factor) = unsafe { (losses.part(row, 0, 1), factors.part(row, 0, 1)) };
                (loss[0], factor[0]) = self.score_document(row, exponentials, sum);
            }
        });
    }

    /// Logits, normalised by the statistics of the rows, and their exponentials.
    fn normalise(&self, threads: &Threads, space: &mut Workspace) {
        let largest_shift = self.shift.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let normalised = SharedMatrix::new(&mut space.normalised, PART_STRIDE);
        let exponentials = SharedMatrix::new(&mut space.exponentials, PART_STRIDE);
        let deviations = SharedMatrix::new(&mut space.inverse_deviation, 0);
        let (means, variances) = (SharedMatrix::new(&mut space.mean, 0), SharedMatrix::new(&mut space.variance, 0));
        let sums = SharedMatrix::new(&mut space.row_sums, self.rows);
        threads.each(self.parts(), self.is_worth_threads(), |part| {
            let range = self.columns_of(part);
            let (begin, width) = (range.start, range.len());
            let output = (normalised.pointer(self.row_of(part, 0), 0), PART_STRIDE);
            let (left, right) = (matrix(self.theta, self.topics, 1), matrix(&self.beta[begin..], self.columns, 1));
            // SAFETY: the columns are this part's own, and inside the slices.
            unsafe { multiply((self.rows, width, self.topics), left, right, output, false, Parallelism::None) };
            // SAFETY: as above.
            let (mean, variance, deviation, sum, logits) = unsafe {
                (
                    means.part(0, begin, width),
                    variances.part(0, begin, width),
                    deviations.part(0, begin, width),
                    sums.part(part, 0, self.rows),
                    normalised.part(self.row_of(part, 0), 0, self.length_of(part)),
                )
            };
            measure(logits, PART_STRIDE, mean, variance);
            invert(variance, self.epsilon, deviation);
            let offsets = self.shift[range].iter().map(|shift| shift - largest_shift).collect::<Vec<f32>>();
            for ((row, sum), hat) in sum.iter_mut().enumerate().zip(logits.chunks_mut(PART_STRIDE)) {
                // SAFETY: as above.
                let power = unsafe { exponentials.part(self.row_of(part, row), 0, width) };
                *sum = exponentiate(&mut hat[..width], power, mean, deviation, &offsets);
            }
        });
    }

    /// Gradients of theta [rows, topics], beta [topics, columns] and the shift [columns], once the documents are scored
    /// and the factors multiplied by the gradients of the losses.
    fn differentiate(&self, threads: &Threads, space: &mut Workspace, outputs: [&mut [f32]; 3]) {
        let [theta_gradient, beta_gradient, shift_gradient] = outputs;
        let beta_gradient = SharedMatrix::new(beta_gradient, self.columns);
        let shift_gradient = SharedMatrix::new(shift_gradient, 0);
        let exponentials = SharedMatrix::new(&mut space.exponentials, PART_STRIDE);
        let shares = SharedMatrix::new(&mut space.theta_shares, self.rows * self.topics);
        let factors = &space.factors[..self.rows];
        let (normalised, deviations) = (&space.normalised, &space.inverse_deviation);
        threads.each(self.parts(), self.is_worth_threads(), |part| {
            let range = self.columns_of(part);
            let (begin, width) = (range.start, range.len());
            let first = self.row_of(part, 0);
            let hats = &normalised[first * PART_STRIDE..][..self.length_of(part)];
            // SAFETY: the columns are this part's own.
            let (powers, shift) =
                unsafe { (exponentials.part(first, 0, self.length_of(part)), shift_gradient.part(0, begin, width)) };
            differentiate_part(powers, hats, factors, &deviations[range], shift);
            let slopes = matrix(powers, PART_STRIDE, 1);
            let share = (shares.pointer(part, 0), self.topics);
            let output = (beta_gradient.pointer(0, begin), self.columns);
            // SAFETY: as above, and inside the slices.
            unsafe {
                let theta = matrix(self.theta, 1, self.topics);
                multiply((self.topics, width, self.rows), theta, slopes, output, false, Parallelism::None);
                let beta = matrix(&self.beta[begin..], 1, self.columns);
                multiply((self.rows, self.topics, width), slopes, beta, share, false, Parallelism::None);
            }
        });
        add_rows(&space.theta_shares[..self.parts() * theta_gradient.len()], theta_gradient);
    }

    /// One document's loss, and the factor that makes exponentials the gradient of the normalised logits, up to that of
    /// the loss: the pulls of the document's words are folded into the exponentials.
    fn score_document(&self, row: usize, exponentials: SharedMatrix, sum: f32) -> (f32, f32) {
        // Where probabilities are none, the loss has to say so.
        if sum.is_nan() {
            return (f32::NAN, f32::NAN);
        }
        let range = self.begins[row] as usize..self.begins[row + 1] as usize;
        let words = self.words[range.clone()].iter().zip(&self.counts[range]);
        let power_of = |word: i32| {
            let (part, column) = (word as usize / PART_COLUMNS, word as usize % PART_COLUMNS);
            // SAFETY: documents are a part's own.
            let powers = unsafe { exponentials.part(self.row_of(part, row), column, 1) };
            &mut powers[0]
        };
        let (mut pulls, mut loss) = (0.0, 0.0);
        for (word, count) in words.clone() {
            let probability = *power_of(*word) / sum;
            let kept = match self.floor.clamp {
                true => f64::from(probability).max(self.floor.value),
                false => f64::from(probability) + self.floor.value,
            };
            loss -= f64::from(*count) * kept.ln();
            pulls += self.floor.pull(*count, probability);
        }
        if pulls == 0.0 {
            return (loss as f32, 0.0);
        }
        for (word, count) in words {
            let power = power_of(*word);
            *power -= self.floor.pull(*count, *power / sum) * (sum / pulls);
        }
        (loss as f32, pulls / sum)
    }
}

impl ProbabilityFloor {
    /// The weight with which a word's count pulls its logit: x·p/(p + floor), or x where p is not below the floor.
    fn pull(&self, count: f32, probability: f32) -> f32 {
        let value = self.value as f32;
        match self.clamp {
            true if probability >= value => count,
            true => 0.0,
            false => count * (probability / (probability + value)),
        }
    }
}

fn matrix(elements: &[f32], row_stride: usize, column_stride: usize) -> Strided {
    Strided { start: elements.as_ptr(), row_stride, column_stride }
}

#[napi]
impl Kernels {
    /// Losses [rows] of documents, given their words: where each document's begin, words, counts; and the gradients of
    /// the losses' sum. The running statistics learn from the batch.
    #[allow(clippy::too_many_arguments)]
    #[napi]
    pub fn decode(
        &self,
        memory: ArrayBuffer,
        begins: &[i32],
        words: &[i32],
        counts: &[f32],
        sizes: DecoderSizes,
        inputs: DecoderInputs,
        running: RunningStatistics,
        losses: u32,
        gradients: DecoderGradients,
    ) -> Result<()> {
        let memory = Memory::new(memory);
        let batch = batch_of(memory, (begins, words, counts), &sizes, &inputs)?;
        let mut space = self.decoding.borrow_mut();
        batch.score(&self.threads, &mut space);
        memory.output(losses, batch.rows)?.copy_from_slice(&space.losses[..batch.rows]);
        running.learn(memory, batch.rows, &space.mean[..batch.columns], &space.variance[..batch.columns])?;
        batch.differentiate(&self.threads, &mut space, outputs_of(memory, &sizes, &gradients)?);
        Ok(())
    }

    /// The same gradients for any gradient of the losses [rows].
    #[allow(clippy::too_many_arguments)]
    #[napi]
    pub fn decoder_gradients(
        &self,
        memory: ArrayBuffer,
        begins: &[i32],
        words: &[i32],
        counts: &[f32],
        sizes: DecoderSizes,
        inputs: DecoderInputs,
        gradient: u32,
        gradients: DecoderGradients,
    ) -> Result<()> {
        let memory = Memory::new(memory);
        let batch = batch_of(memory, (begins, words, counts), &sizes, &inputs)?;
        let gradient = memory.floats(gradient, batch.rows)?;
        let mut space = self.decoding.borrow_mut();
        batch.score(&self.threads, &mut space);
        space.factors.iter_mut().zip(gradient).for_each(|(factor, gradient)| *factor *= gradient);
        batch.differentiate(&self.threads, &mut space, outputs_of(memory, &sizes, &gradients)?);
        Ok(())
    }
}

fn batch_of<'a>(
    memory: Memory<'a>,
    (begins, words, counts): (&'a [i32], &'a [i32], &'a [f32]),
    sizes: &DecoderSizes,
    inputs: &DecoderInputs,
) -> Result<Batch<'a>> {
    let (rows, columns, topics) = (sizes.rows as usize, sizes.columns as usize, sizes.topics as usize);
    Ok(Batch {
        rows,
        columns,
        topics,
        theta: memory.floats(inputs.theta, rows * topics)?,
        beta: memory.floats(inputs.beta, topics * columns)?,
        shift: memory.floats(inputs.shift, columns)?,
        epsilon: inputs.epsilon as f32,
        floor: ProbabilityFloor { value: inputs.floor, clamp: inputs.clamp },
        begins,
        words,
        counts,
    })
}

fn outputs_of<'a>(
    memory: Memory<'a>,
    sizes: &DecoderSizes,
    addresses: &DecoderGradients,
) -> Result<[&'a mut [f32]; 3]> {
    let (rows, columns, topics) = (sizes.rows as usize, sizes.columns as usize, sizes.topics as usize);
    Ok([
        memory.output(addresses.theta, rows * topics)?,
        memory.output(addresses.beta, topics * columns)?,
        memory.output(addresses.shift, columns)?,
    ])
}

/// Normalises a row of logits in place and writes the exponentials of that plus an offset; returns their sum.
#[multiversion(targets = "simd")]
fn exponentiate(hats: &mut [f32], powers: &mut [f32], means: &[f32], deviations: &[f32], offsets: &[f32]) -> f32 {
    let statistics = means.iter().zip(deviations).zip(offsets);
    for ((hat, power), ((mean, deviation), offset)) in hats.iter_mut().zip(&mut *powers).zip(statistics) {
        *hat = (*hat - mean) * deviation;
        *power = exponential(*hat + offset);
    }
    sum(powers)
}

/// Gradients of a part's logits, in place of the exponentials, and of its shifts.
#[multiversion(targets = "simd")]
fn differentiate_part(
    powers: &mut [f32],
    hats: &[f32],
    factors: &[f32],
    deviation: &[f32],
    shift_gradient: &mut [f32],
) {
    let width = deviation.len();
    let share = 1.0 / factors.len() as f32;
    let mut slopes = [0.0; PART_COLUMNS];
    let slopes = &mut slopes[..width];
    shift_gradient.fill(0.0);
    for ((powers, hats), factor) in powers.chunks(PART_STRIDE).zip(hats.chunks(PART_STRIDE)).zip(factors) {
        let sums = shift_gradient.iter_mut().zip(&mut *slopes);
        for ((sum, slope), (power, hat)) in sums.zip(powers.iter().zip(hats)) {
            let gradient = factor * power;
            *sum += gradient;
            *slope = gradient.mul_add(*hat, *slope);
        }
    }
    for ((powers, hats), factor) in powers.chunks_mut(PART_STRIDE).zip(hats.chunks(PART_STRIDE)).zip(factors) {
        let sums = shift_gradient.iter().zip(&*slopes).zip(deviation);
        for ((power, hat), ((sum, slope), deviation)) in powers.iter_mut().zip(hats).zip(sums) {
            *power = (factor * *power - sum * share - hat * (slope * share)) * deviation;
        }
    }
}

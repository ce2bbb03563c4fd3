//! Reconstruction loss of a decoder: batch normalisation of the logits, softmax and sparse log likelihood.

use crate::Kernels;
use crate::memory::{Memory, SharedMatrix};
use crate::normalisation::{Normalisation, invert, measure};
use crate::product::{Strided, add_rows, multiply};
use crate::simd::{LANES, exponential, sum};
use crate::threads::part_begin;
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

/// Addresses of topic proportions [rows, topics] and of topic-word weights [topics, columns].
#[napi(object)]
pub struct DecoderInputs {
    pub theta: u32,
    pub beta: u32,
}

/// How probabilities are kept from 0: the floor is added to them, or they are clamped at it.
#[napi(object)]
pub struct ProbabilityFloor {
    pub value: f64,
    pub clamp: bool,
}

/// Addresses of the gradients of theta, beta and the shift.
#[napi(object)]
pub struct DecoderGradients {
    pub theta: u32,
    pub beta: u32,
    pub shift: u32,
}

/// What is kept from the losses for the gradients, part by part and document by document.
struct Kept<'a> {
    /// Normalised logits [parts][rows][PART_STRIDE].
    normalised: &'a mut [f32],
    /// Their exponentials with the shift, likewise; the gradient of the normalised logits is factor · exponential.
    exponentials: &'a mut [f32],
    /// 1 / √(variance + ε) [parts · PART_COLUMNS].
    inverse_deviation: &'a mut [f32],
    /// [rows].
    factors: &'a mut [f32],
}

impl<'a> Kept<'a> {
    fn length(rows: usize, parts: usize) -> usize {
        parts * (2 * rows * PART_STRIDE + PART_COLUMNS) + rows
    }

    fn within(memory: Memory<'a>, address: u32, rows: usize, parts: usize) -> Result<Self> {
        let all = memory.output(address, Self::length(rows, parts))?;
        let (normalised, rest) = all.split_at_mut(parts * rows * PART_STRIDE);
        let (exponentials, rest) = rest.split_at_mut(parts * rows * PART_STRIDE);
        let (inverse_deviation, factors) = rest.split_at_mut(parts * PART_COLUMNS);
        Ok(Self { normalised, exponentials, inverse_deviation, factors })
    }
}

/// A row of one part lies here in the normalised logits and exponentials, seen as [parts · rows, PART_STRIDE].
fn row_of(part: usize, rows: usize, row: usize) -> usize {
    part * rows + row
}

fn part_columns(columns: usize, part: usize) -> Range<usize> {
    part * PART_COLUMNS..columns.min((part + 1) * PART_COLUMNS)
}

fn matrix(elements: &[f32], row_stride: usize, column_stride: usize) -> Strided {
    Strided { start: elements.as_ptr(), row_stride, column_stride }
}

/// Floats that `decode` keeps for the gradients.
#[napi]
pub fn decoder_kept(sizes: DecoderSizes) -> u32 {
    Kept::length(sizes.rows as usize, (sizes.columns as usize).div_ceil(PART_COLUMNS)) as u32
}

#[napi]
impl Kernels {
    /// Losses [rows] of documents, given their words: where each document's begin, words, counts. The running
    /// statistics learn from the batch. `kept` is memory for what the gradients need.
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
        normalisation: Normalisation,
        floor: ProbabilityFloor,
        kept: u32,
        losses: u32,
    ) -> Result<()> {
        let memory = Memory::new(memory);
        let (rows, columns, topics) = (sizes.rows as usize, sizes.columns as usize, sizes.topics as usize);
        let parts = columns.div_ceil(PART_COLUMNS);
        let kept = Kept::within(memory, kept, rows, parts)?;
        let losses = SharedMatrix::new(memory.output(losses, rows)?, 1);
        let theta = memory.floats(inputs.theta, rows * topics)?;
        let beta = memory.floats(inputs.beta, topics * columns)?;
        let shift = memory.floats(normalisation.shift, columns)?;
        let largest_shift = shift.iter().copied().fold(f32::NEG_INFINITY, f32::max);

        let normalised = SharedMatrix::new(kept.normalised, PART_STRIDE);
        let exponentials = SharedMatrix::new(kept.exponentials, PART_STRIDE);
        let deviations = SharedMatrix::new(kept.inverse_deviation, PART_COLUMNS);
        let (mut row_sums, mut means, mut variances) =
            (vec![0.0; parts * rows], vec![0.0; columns], vec![0.0; columns]);
        let sums = SharedMatrix::new(&mut row_sums, rows);
        let (batch_mean, batch_variance) = (SharedMatrix::new(&mut means, 0), SharedMatrix::new(&mut variances, 0));
        let epsilon = normalisation.epsilon as f32;

        self.threads.each(parts, rows * columns >= WORTH_THREADS, |part| {
            let range = part_columns(columns, part);
            let width = range.len();
            let output = (normalised.pointer(row_of(part, rows, 0), 0), PART_STRIDE);
            let (left, right) = (matrix(theta, topics, 1), matrix(&beta[range.start..], columns, 1));
            // SAFETY: the columns are this part's own, and inside the slices.
            unsafe { multiply((rows, width, topics), left, right, output, false, Parallelism::None) };
            // SAFETY: as above.
            let (mean, variance, deviation, sum) = unsafe {
                (
                    batch_mean.part(0, range.start, width),
                    batch_variance.part(0, range.start, width),
                    deviations.part(part, 0, width),
                    sums.part(part, 0, rows),
                )
            };
            // SAFETY: as above.
            let logits = unsafe { normalised.part(row_of(part, rows, 0), 0, (rows - 1) * PART_STRIDE + width) };
            measure(logits, PART_STRIDE, mean, variance);
            invert(variance, epsilon, deviation);
            let offsets = shift[range].iter().map(|shift| shift - largest_shift).collect::<Vec<f32>>();
            for ((row, sum), hat) in sum.iter_mut().enumerate().zip(logits.chunks_mut(PART_STRIDE)) {
                // SAFETY: as above.
                let power = unsafe { exponentials.part(row_of(part, rows, row), 0, width) };
                *sum = exponentiate(&mut hat[..width], power, mean, deviation, &offsets);
            }
        });
        normalisation.learn(memory, rows, &means, &variances)?;

        let factors = SharedMatrix::new(kept.factors, 1);
        self.threads.each(DOCUMENT_PARTS, words.len() >= WORTH_THREADS / 8, |part| {
            for row in part_begin(rows, DOCUMENT_PARTS, part, 1)..part_begin(rows, DOCUMENT_PARTS, part + 1, 1) {
                let sum = (0..parts).map(|part| row_sums[part * rows + row]).sum();
                let range = begins[row] as usize..begins[row + 1] as usize;
                let document = Document { words: &words[range.clone()], counts: &counts[range], row, rows };
                // SAFETY: rows are a part's own.
                let (loss, factor) = unsafe { (losses.part(row, 0, 1), factors.part(row, 0, 1)) };
                (loss[0], factor[0]) = document.score(exponentials, sum, &floor);
            }
        });
        Ok(())
    }

    /// Gradients of theta, beta and the shift, given that of the losses [rows]; once for each `decode`, whose `kept`
    /// is used up.
    #[napi]
    pub fn decoder_gradients(
        &self,
        memory: ArrayBuffer,
        sizes: DecoderSizes,
        inputs: DecoderInputs,
        kept: u32,
        gradient: u32,
        outputs: DecoderGradients,
    ) -> Result<()> {
        let memory = Memory::new(memory);
        let (rows, columns, topics) = (sizes.rows as usize, sizes.columns as usize, sizes.topics as usize);
        let parts = columns.div_ceil(PART_COLUMNS);
        let kept = Kept::within(memory, kept, rows, parts)?;
        let theta = memory.floats(inputs.theta, rows * topics)?;
        let beta = memory.floats(inputs.beta, topics * columns)?;
        let gradient = memory.floats(gradient, rows)?;
        let theta_gradient = memory.output(outputs.theta, rows * topics)?;
        let beta_gradient = SharedMatrix::new(memory.output(outputs.beta, topics * columns)?, columns);
        let shift_gradient = SharedMatrix::new(memory.output(outputs.shift, columns)?, 0);

        kept.factors.iter_mut().zip(gradient).for_each(|(factor, gradient)| *factor *= gradient);
        let (factors, deviations) = (&*kept.factors, &*kept.inverse_deviation);
        let normalised = SharedMatrix::new(kept.normalised, PART_STRIDE);
        let exponentials = SharedMatrix::new(kept.exponentials, PART_STRIDE);
        let mut shares = vec![0.0; parts * rows * topics];
        let theta_shares = SharedMatrix::new(&mut shares, rows * topics);

        self.threads.each(parts, rows * columns >= WORTH_THREADS, |part| {
            let range = part_columns(columns, part);
            let width = range.len();
            let first = row_of(part, rows, 0);
            let length = (rows - 1) * PART_STRIDE + width;
            // SAFETY: the columns are this part's own.
            let (powers, hats, shift) = unsafe {
                (
                    exponentials.part(first, 0, length),
                    normalised.part(first, 0, length),
                    shift_gradient.part(0, range.start, width),
                )
            };
            let deviation = &deviations[part * PART_COLUMNS..][..width];
            differentiate(powers, hats, factors, deviation, shift);
            let slopes = matrix(powers, PART_STRIDE, 1);
            let transposed = matrix(powers, PART_STRIDE, 1);
            let share = (theta_shares.pointer(part, 0), topics);
            let output = (beta_gradient.pointer(0, range.start), columns);
            // SAFETY: as above, and inside the slices.
            unsafe {
                multiply((topics, width, rows), matrix(theta, 1, topics), slopes, output, false, Parallelism::None);
                let beta = matrix(&beta[range.start..], 1, columns);
                multiply((rows, topics, width), transposed, beta, share, false, Parallelism::None);
            }
        });
        add_rows(&shares, theta_gradient);
        Ok(())
    }
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
fn differentiate(powers: &mut [f32], hats: &[f32], factors: &[f32], deviation: &[f32], shift_gradient: &mut [f32]) {
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

/// One document's words and their counts.
struct Document<'a> {
    words: &'a [i32],
    counts: &'a [f32],
    row: usize,
    rows: usize,
}

impl Document<'_> {
    /// Loss, and the factor that makes exponentials the gradient of the normalised logits, up to that of the loss: the
    /// pulls of the document's words are folded into the exponentials.
    fn score(&self, exponentials: SharedMatrix, sum: f32, floor: &ProbabilityFloor) -> (f32, f32) {
        let (mut pulls, mut loss) = (0.0, 0.0);
        for (word, count) in self.words.iter().zip(self.counts) {
            let probability = *self.power(exponentials, *word) / sum;
            let kept = match floor.clamp {
                true => f64::from(probability).max(floor.value),
                false => f64::from(probability) + floor.value,
            };
            loss -= f64::from(*count) * kept.ln();
            pulls += pull(*count, probability, floor);
        }
        // Where probabilities are none, the loss has to say so.
        if sum.is_nan() {
            return (f32::NAN, f32::NAN);
        }
        if pulls == 0.0 {
            return (loss as f32, 0.0);
        }
        for (word, count) in self.words.iter().zip(self.counts) {
            let power = self.power(exponentials, *word);
            *power -= pull(*count, *power / sum, floor) * (sum / pulls);
        }
        (loss as f32, pulls / sum)
    }

    fn power<'a>(&self, exponentials: SharedMatrix<'a>, word: i32) -> &'a mut f32 {
        let (part, column) = (word as usize / PART_COLUMNS, word as usize % PART_COLUMNS);
        // SAFETY: rows are a part's own.
        let powers = unsafe { exponentials.part(row_of(part, self.rows, self.row), column, 1) };
        &mut powers[0]
    }
}

/// The weight with which a word's count pulls its logit: x·p/(p + floor), or x where p is not below the floor.
fn pull(count: f32, probability: f32, floor: &ProbabilityFloor) -> f32 {
    let value = floor.value as f32;
    match floor.clamp {
        true if probability >= value => count,
        true => 0.0,
        false => count * (probability / (probability + value)),
    }
}

//! InfoCTM's topic alignment by mutual information (Wu et al. 2023) in both directions, with its gradients. Words of one
//! side are anchors, those of the other their positives and negatives; then the sides change roles.
//!
//! Each side's words stand in an order that puts those with positives, the anchors, first. With e_ij = exp((cos_ij −
//! 1)/τ) the gradient of cos_ij is e_ij·(r_i + s_j)/τ, where r_i = Σ w/(negatives + e) over the positives of anchor i of
//! one side, s_j likewise of the other, and r, s are 0 where there is no positive. A positive pair has −w·negatives/
//! (negatives + e) in place of e·r or e·s; it is left out of the general form and added by itself. So some words of the
//! second side and all words of the first are taken at a time, their e kept in the cache, and both gradients computed
//! from it by products. The first side is the one with fewer anchors: its exponentials are computed twice, those of the
//! second once. Special pairs of the first side are its own positives only, those of the second the positives of both
//! directions.

use crate::Kernels;
use crate::memory::{Memory, SharedArray};
use crate::product::{Strided, add_rows, multiply};
use crate::simd::{LANES, add_scaled, exponential, sum_lanes};
use gemm::Parallelism;
use multiversion::multiversion;
use napi::bindgen_prelude::*;
use napi_derive::napi;
use std::ops::Range;
use std::sync::Mutex;

/// Words whose exponentials with all words of the other side are kept in the cache.
const BLOCK_WORDS: usize = 32;

/// Parts that the work is cut into.
const PARTS: usize = 8;

/// Below so many multiplications threads would take longer to wake than to work.
const WORTH_THREADS: usize = 1 << 18;

/// Stands for the cosine of a pair that is left out.
const MASKED: f32 = -1e30;

/// Constant inside the published logarithm, relative to the largest exponential of an anchor.
const LOGARITHM_FLOOR: f64 = 1e-10;

/// The words of one language: how many there are, how many of them have positives, in which order they are taken [count],
/// and each word's special pairs in that order: where they begin [count + 1], the other words, weights as positives of
/// this side's word, and of the other's.
#[napi(object)]
pub struct ContrastSide {
    pub count: u32,
    pub anchors: u32,
    pub order: Int32Array,
    pub begins: Int32Array,
    pub others: Int32Array,
    pub weights: Float32Array,
    pub other_weights: Float32Array,
}

/// Addresses of a side's unit vectors and of their gradients [count, width].
#[napi(object)]
pub struct ContrastTensors {
    pub vectors: u32,
    pub gradients: u32,
}

struct Side {
    anchors: usize,
    order: Vec<usize>,
    begins: Vec<usize>,
    pairs: Vec<Pair>,
}

#[derive(Clone, Copy)]
struct Pair {
    other: usize,
    weight: f32,
    other_weight: f32,
}

impl Side {
    fn new(side: &ContrastSide) -> Self {
        let pairs = (side.others.iter().zip(side.weights.iter()).zip(side.other_weights.iter()))
            .map(|((other, weight), other_weight)| Pair {
                other: *other as usize,
                weight: *weight,
                other_weight: *other_weight,
            })
            .collect();
        Self {
            anchors: side.anchors as usize,
            order: side.order.iter().map(|word| *word as usize).collect(),
            begins: side.begins.iter().map(|begin| *begin as usize).collect(),
            pairs,
        }
    }

    fn count(&self) -> usize {
        self.order.len()
    }

    fn pairs(&self, word: usize) -> &[Pair] {
        &self.pairs[self.begins[word]..self.begins[word + 1]]
    }

    /// Vectors in this side's order.
    fn load(&self, vectors: &[f32], width: usize) -> Vec<f32> {
        self.order.iter().flat_map(|word| &vectors[word * width..][..width]).copied().collect()
    }

    /// Gradients, times a factor, in the caller's order.
    fn unload(&self, gradients: &[f32], width: usize, factor: f32, target: &mut [f32]) {
        for (word, gradient) in self.order.iter().zip(gradients.chunks_exact(width)) {
            for (to, from) in target[word * width..].iter_mut().zip(gradient) {
                *to = factor * from;
            }
        }
    }
}

/// Both languages' words and positives.
#[napi]
pub struct WordContrast {
    first: Side,
    second: Side,
}

/// What the score of an anchor says: Σ w/(negatives + e), and its negatives with the floor of the logarithm.
#[derive(Clone, Copy, Default)]
struct Score {
    pull: f32,
    base: f32,
}

/// What all parts read.
struct Problem<'a> {
    first: &'a Side,
    second: &'a Side,
    first_vectors: &'a [f32],
    second_vectors: &'a [f32],
    width: usize,
    inverse_temperature: f32,
}

#[napi]
impl WordContrast {
    #[napi(constructor)]
    pub fn new(first: ContrastSide, second: ContrastSide) -> Self {
        Self { first: Side::new(&first), second: Side::new(&second) }
    }

    /// The sum of both directions' losses, not divided by the weights, with the gradients of both sides' vectors.
    #[napi]
    pub fn compute(
        &self,
        kernels: &Kernels,
        memory: ArrayBuffer,
        first: ContrastTensors,
        second: ContrastTensors,
        width: u32,
        temperature: f64,
    ) -> Result<f64> {
        let memory = Memory::new(memory);
        let width = width as usize;
        let first_vectors = self.first.load(memory.floats(first.vectors, self.first.count() * width)?, width);
        let second_vectors = self.second.load(memory.floats(second.vectors, self.second.count() * width)?, width);
        let inverse_temperature = (1.0 / temperature) as f32;
        let problem = Problem {
            first: &self.first,
            second: &self.second,
            first_vectors: &first_vectors,
            second_vectors: &second_vectors,
            width,
            inverse_temperature,
        };
        let (loss, gradients) = problem.solve(kernels);
        self.first.unload(
            &gradients.first,
            width,
            inverse_temperature,
            memory.output(first.gradients, self.first.count() * width)?,
        );
        self.second.unload(
            &gradients.second,
            width,
            inverse_temperature,
            memory.output(second.gradients, self.second.count() * width)?,
        );
        Ok(loss)
    }
}

/// Gradients of both sides' vectors without the factor 1/τ, in the sides' order.
struct Gradients {
    first: Vec<f32>,
    second: Vec<f32>,
}

impl Problem<'_> {
    fn solve(&self, kernels: &Kernels) -> (f64, Gradients) {
        let (first_count, second_count) = (self.first.count(), self.second.count());
        let worthwhile = first_count * second_count * self.width >= WORTH_THREADS;
        let losses = Mutex::new([[0.0; PARTS]; 2]);

        let mut first_scores = vec![Score::default(); first_count];
        let scores = SharedArray::new(&mut first_scores);
        let ranges = cut(self.first.anchors, |_| 1);
        kernels.threads.each(PARTS, worthwhile, |part| {
            // SAFETY: anchors are a part's own.
            let scores = unsafe { scores.part(ranges[part].clone()) };
            let loss = self.score_anchors(ranges[part].clone(), scores);
            losses.lock().expect("no part panics")[0][part] = loss;
        });

        let mut second_gradients = vec![0.0; second_count * self.width];
        let mut shares = vec![0.0; PARTS * first_count * self.width];
        let own = SharedArray::new(&mut second_gradients);
        let others = SharedArray::new(&mut shares);
        // Words of the second side that are no anchors are compared with the first side's anchors only.
        let ranges =
            cut(second_count, |word| if word < self.second.anchors { first_count } else { self.first.anchors });
        kernels.threads.each(PARTS, worthwhile, |part| {
            let words = ranges[part].clone();
            let share = first_count * self.width;
            // SAFETY: words are a part's own, and so is its share in the first side's gradients.
            let (own, others) = unsafe {
                (
                    own.part(words.start * self.width..words.end * self.width),
                    others.part(part * share..(part + 1) * share),
                )
            };
            let loss = self.align_words(words, &first_scores, own, others);
            losses.lock().expect("no part panics")[1][part] = loss;
        });

        let mut first = vec![0.0; first_count * self.width];
        add_rows(&shares, &mut first);
        let losses = losses.into_inner().expect("no part panics");
        (losses.iter().flatten().sum(), Gradients { first, second: second_gradients })
    }

    /// Losses of anchors of the first side.
    fn score_anchors(&self, words: Range<usize>, scores: &mut [Score]) -> f64 {
        let count = self.second.count();
        let mut rows = vec![0.0; BLOCK_WORDS * count];
        let mut powers = Vec::new();
        let mut loss = 0.0;
        for begin in words.clone().step_by(BLOCK_WORDS) {
            let block = begin..words.end.min(begin + BLOCK_WORDS);
            cosines((self.first_vectors, block.clone()), (self.second_vectors, count), self.width, &mut rows);
            for (word, row) in block.zip(rows.chunks_exact_mut(count)) {
                let (own, score) = score_word(self.first, word, row, self.inverse_temperature, &mut powers);
                loss += own;
                scores[word - words.start] = score;
            }
        }
        loss
    }

    /// Losses of words of the second side, once all anchors of the first are scored. Sets the gradients of these words,
    /// and adds to those of the first side.
    fn align_words(&self, words: Range<usize>, first_scores: &[Score], own: &mut [f32], others: &mut [f32]) -> f64 {
        let width = self.width;
        let mut rows = vec![0.0; BLOCK_WORDS * self.first.count()];
        let mut powers = Vec::new();
        let mut loss = 0.0;
        let pulls = first_scores.iter().map(|score| score.pull).collect::<Vec<f32>>();
        for begin in words.clone().step_by(BLOCK_WORDS) {
            let block = begin..words.end.min(begin + BLOCK_WORDS);
            let count = if begin < self.second.anchors { self.first.count() } else { self.first.anchors };
            if count == 0 {
                break;
            }
            cosines((self.second_vectors, block.clone()), (self.first_vectors, count), width, &mut rows);
            let own = &mut own[(begin - words.start) * width..][..block.len() * width];
            for (index, row) in rows.chunks_exact_mut(count).take(block.len()).enumerate() {
                let word = begin + index;
                let (own_loss, score) = score_word(self.second, word, row, self.inverse_temperature, &mut powers);
                loss += own_loss;
                let vector = &self.second_vectors[word * width..][..width];
                for (pair, power) in self.second.pairs(word).iter().zip(&powers) {
                    let slope = pair_gradient(pair.weight, *power, score)
                        + pair_gradient(pair.other_weight, *power, first_scores[pair.other]);
                    let other = pair.other * width..(pair.other + 1) * width;
                    add_pair(slope, &self.first_vectors[other.clone()], &mut own[index * width..][..width]);
                    add_pair(slope, vector, &mut others[other]);
                }
                scale_coefficients(row, score.pull, &pulls);
            }
            let vectors = &self.second_vectors[begin * width..][..block.len() * width];
            add_products((&rows, block.len(), count), (self.first_vectors, vectors), width, own, others);
        }
        loss
    }
}

/// Cosines of a block of one side's words and the first `count` of the other side, row by row.
fn cosines((vectors, block): (&[f32], Range<usize>), (others, count): (&[f32], usize), width: usize, rows: &mut [f32]) {
    let left = Strided { start: vectors[block.start * width..].as_ptr(), row_stride: width, column_stride: 1 };
    let right = Strided { start: others.as_ptr(), row_stride: 1, column_stride: width };
    // SAFETY: the words are inside the vectors, and the rows are the caller's.
    unsafe {
        multiply((block.len(), count, width), left, right, (rows.as_mut_ptr(), count), false, Parallelism::None);
    }
}

/// Adds the general form's gradients, coefficients [words, count] times vectors, of the block's words and of the others.
fn add_products(
    (coefficients, words, count): (&[f32], usize, usize),
    (first_vectors, block_vectors): (&[f32], &[f32]),
    width: usize,
    own: &mut [f32],
    others: &mut [f32],
) {
    let plain = Strided { start: coefficients.as_ptr(), row_stride: count, column_stride: 1 };
    let transposed = Strided { start: coefficients.as_ptr(), row_stride: 1, column_stride: count };
    let first = Strided { start: first_vectors.as_ptr(), row_stride: width, column_stride: 1 };
    let block = Strided { start: block_vectors.as_ptr(), row_stride: width, column_stride: 1 };
    assert!(own.len() >= words * width && others.len() >= count * width && coefficients.len() >= words * count);
    // SAFETY: sizes were checked, and the gradients are the caller's own.
    unsafe {
        multiply((words, width, count), plain, first, (own.as_mut_ptr(), width), true, Parallelism::None);
        multiply((count, width, words), transposed, block, (others.as_mut_ptr(), width), true, Parallelism::None);
    }
}

/// Turns one word's row of cosines into exponentials, 0 at its special pairs, whose exponentials go to `powers`. Returns
/// its loss −Σ w·log(e / (negatives + e)) and score; both are 0 where it has no positives.
fn score_word(
    side: &Side,
    word: usize,
    row: &mut [f32],
    inverse_temperature: f32,
    powers: &mut Vec<f32>,
) -> (f64, Score) {
    let pairs = side.pairs(word);
    powers.clear();
    let mut negatives = 0.0;
    for pair in pairs {
        let power = exponential((row[pair.other] - 1.0) * inverse_temperature);
        powers.push(power);
        row[pair.other] = MASKED;
        if pair.weight == 0.0 {
            negatives += f64::from(power);
        }
    }
    let (sum, largest) = exponentiate(row, inverse_temperature);
    negatives += f64::from(sum);
    // The exponential of a masked cosine is tiny, not 0, and arithmetic with such numbers would be slow.
    pairs.iter().for_each(|pair| row[pair.other] = 0.0);
    if word >= side.anchors {
        return (0.0, Score::default());
    }
    let largest = powers.iter().copied().fold(largest, f32::max);
    let base = negatives + LOGARITHM_FLOOR * f64::from(largest);
    let (mut loss, mut pull) = (0.0, 0.0);
    for (pair, power) in pairs.iter().zip(&*powers).filter(|(pair, _)| pair.weight != 0.0) {
        let (weight, power) = (f64::from(pair.weight), f64::from(*power));
        loss -= weight * (power.ln() - (base + power).ln());
        pull += weight / (base + power);
    }
    (loss, Score { pull: pull as f32, base: base as f32 })
}

/// exp((cos − 1)/τ) of each element in place; returns their sum and the largest.
#[multiversion(targets = "simd")]
fn exponentiate(row: &mut [f32], inverse_temperature: f32) -> (f32, f32) {
    let (mut sums, mut largest) = ([0.0; LANES], [0.0f32; LANES]);
    let (blocks, rest) = row.as_chunks_mut::<LANES>();
    for block in blocks {
        for lane in 0..LANES {
            block[lane] = exponential(block[lane].mul_add(inverse_temperature, -inverse_temperature));
            sums[lane] += block[lane];
            largest[lane] = if block[lane] > largest[lane] { block[lane] } else { largest[lane] };
        }
    }
    for (lane, value) in rest.iter_mut().enumerate() {
        *value = exponential(value.mul_add(inverse_temperature, -inverse_temperature));
        sums[lane] += *value;
        largest[lane] = largest[lane].max(*value);
    }
    (sum_lanes(&sums), largest.into_iter().fold(0.0, f32::max))
}

/// Exponentials times the sums of both sides' pulls.
#[multiversion(targets = "simd")]
fn scale_coefficients(row: &mut [f32], pull: f32, pulls: &[f32]) {
    for (coefficient, other) in row.iter_mut().zip(pulls) {
        *coefficient *= pull + other;
    }
}

#[multiversion(targets = "simd")]
fn add_pair(slope: f32, vector: &[f32], gradient: &mut [f32]) {
    add_scaled(slope, vector, gradient);
}

/// What a pair adds to the gradient of its cosine in the direction whose anchor has this weight and score.
fn pair_gradient(weight: f32, power: f32, Score { pull, base }: Score) -> f32 {
    if weight > 0.0 { -weight * (base / (base + power)) } else { power * pull }
}

/// Cuts words into parts of whole blocks that cost about the same.
fn cut(count: usize, cost_of: impl Fn(usize) -> usize) -> Vec<Range<usize>> {
    let mut sums = vec![0];
    for begin in (0..count).step_by(BLOCK_WORDS) {
        sums.push(sums.last().expect("a sum") + cost_of(begin));
    }
    let total = *sums.last().expect("a sum");
    let border = |part: usize| match part {
        PARTS => count,
        _ => sums.iter().position(|sum| sum * PARTS >= total * part).expect("the last sum") * BLOCK_WORDS,
    };
    (0..PARTS).map(|part| border(part).min(count)..border(part + 1).min(count)).collect()
}

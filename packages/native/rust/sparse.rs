//! Products of sparse and dense matrices. Sparse ones come as rows: where each begins, columns, values.

use crate::Kernels;
use crate::memory::{Memory, SharedMatrix};
use crate::simd::{LANES, add_scaled, dot};
use crate::threads::part_begin;
use multiversion::multiversion;
use napi::bindgen_prelude::*;
use napi_derive::napi;
use std::ops::Range;

/// Below so many multiplications threads would take longer to wake than to work.
const WORTH_THREADS: usize = 1 << 18;

/// Parts that products are cut into.
const PARTS: usize = 8;

#[derive(Clone, Copy)]
struct Rows<'a> {
    begins: &'a [i32],
    columns: &'a [i32],
    values: &'a [f32],
}

impl<'a> Rows<'a> {
    /// Columns and values of a row.
    #[inline(always)]
    fn row(&self, row: usize) -> impl Iterator<Item = (usize, f32)> + use<'a> {
        let range = self.begins[row] as usize..self.begins[row + 1] as usize;
        self.columns[range.clone()].iter().zip(&self.values[range]).map(|(column, value)| (*column as usize, *value))
    }
}

#[napi]
impl Kernels {
    /// output [rows, width] = sparse [rows, …] · dense […, width], plus a bias [width] in every row if its address is
    /// not 0.
    #[allow(clippy::too_many_arguments)]
    #[napi]
    pub fn sparse_times_dense(
        &self,
        memory: ArrayBuffer,
        begins: &[i32],
        columns: &[i32],
        values: &[f32],
        shape: Shape,
        dense: u32,
        bias: u32,
        output: u32,
    ) -> Result<()> {
        let memory = Memory::new(memory);
        let Shape { rows, columns: inner, width } = shape;
        let (rows, width) = (rows as usize, width as usize);
        let sparse = Rows { begins, columns, values };
        let dense = memory.floats(dense, inner as usize * width)?;
        let bias = if bias == 0 { None } else { Some(memory.floats(bias, width)?) };
        let output = SharedMatrix::new(memory.output(output, rows * width)?, width);
        self.threads.each(PARTS, values.len() * width >= WORTH_THREADS, |part| {
            let range = part_begin(rows, PARTS, part, 1)..part_begin(rows, PARTS, part + 1, 1);
            pick_rows(sparse, range, dense, bias, output);
        });
        Ok(())
    }

    /// output [columns, width] = transpose of sparse [rows, columns] · dense [rows, width].
    #[allow(clippy::too_many_arguments)]
    #[napi]
    pub fn sparse_transpose_times_dense(
        &self,
        memory: ArrayBuffer,
        begins: &[i32],
        columns: &[i32],
        values: &[f32],
        shape: Shape,
        dense: u32,
        output: u32,
    ) -> Result<()> {
        let memory = Memory::new(memory);
        let Shape { rows, columns: outer, width } = shape;
        let (rows, outer, width) = (rows as usize, outer as usize, width as usize);
        let sparse = Rows { begins, columns, values };
        let dense = memory.floats(dense, rows * width)?;
        let output = SharedMatrix::new(memory.output(output, outer * width)?, width);
        self.threads.each(PARTS, (values.len() + outer) * width >= WORTH_THREADS, |part| {
            let range = part_begin(outer, PARTS, part, 1)..part_begin(outer, PARTS, part + 1, 1);
            scatter_rows(sparse, range, dense, output);
        });
        Ok(())
    }

    /// output [width, columns] = scale · dense [width, rows] · (sparse [rows, columns] + constants · 1ᵀ) + addend_scale
    /// · addend [width, columns]; there are no constants and no addend if their arrays or addresses are empty or 0.
    #[allow(clippy::too_many_arguments)]
    #[napi]
    pub fn dense_times_sparse(
        &self,
        memory: ArrayBuffer,
        begins: &[i32],
        columns: &[i32],
        values: &[f32],
        constants: &[f32],
        shape: Shape,
        terms: Terms,
        dense: u32,
        output: u32,
    ) -> Result<()> {
        let memory = Memory::new(memory);
        let Shape { rows, columns: outer, width: lines } = shape;
        let (rows, outer, lines) = (rows as usize, outer as usize, lines as usize);
        let sparse = Rows { begins, columns, values };
        let dense = memory.floats(dense, lines * rows)?;
        let addend = if terms.addend == 0 { None } else { Some(memory.floats(terms.addend, lines * outer)?) };
        let output = SharedMatrix::new(memory.output(output, lines * outer)?, outer);
        let (scale, addend_scale) = (terms.scale as f32, terms.addend_scale as f32);
        let parts = lines.div_ceil(LANES);
        self.threads.each(parts, (values.len() + rows + outer) * lines >= WORTH_THREADS, |part| {
            let lines = part * LANES..lines.min((part + 1) * LANES);
            multiply_lines(sparse, constants, dense, lines, (scale, addend_scale), addend, output);
        });
        Ok(())
    }

    /// output [width, rows] = scale · dense [width, columns] · transpose of (sparse [rows, columns] + constants · 1ᵀ).
    #[allow(clippy::too_many_arguments)]
    #[napi]
    pub fn dense_times_sparse_transpose(
        &self,
        memory: ArrayBuffer,
        begins: &[i32],
        columns: &[i32],
        values: &[f32],
        constants: &[f32],
        shape: Shape,
        scale: f64,
        dense: u32,
        output: u32,
    ) -> Result<()> {
        let memory = Memory::new(memory);
        let Shape { rows, columns: inner, width: lines } = shape;
        let (rows, inner, lines) = (rows as usize, inner as usize, lines as usize);
        let sparse = Rows { begins, columns, values };
        let dense = memory.floats(dense, lines * inner)?;
        let output = SharedMatrix::new(memory.output(output, lines * rows)?, rows);
        let scale = scale as f32;
        let parts = lines.div_ceil(LANES);
        self.threads.each(parts, (values.len() + rows + inner) * lines >= WORTH_THREADS, |part| {
            let lines = part * LANES..lines.min((part + 1) * LANES);
            multiply_lines_transposed(sparse, constants, dense, inner, lines, scale, output);
        });
        Ok(())
    }
}

/// Sizes of a product: of the sparse matrix, and the third one, of the dense matrix and the result.
#[napi(object)]
pub struct Shape {
    pub rows: u32,
    pub columns: u32,
    pub width: u32,
}

/// What a product is scaled by and added to.
#[napi(object)]
pub struct Terms {
    pub scale: f64,
    /// 0 for none.
    pub addend: u32,
    pub addend_scale: f64,
}

/// Rows of sparse · dense, plus a bias.
#[multiversion(targets = "simd")]
fn pick_rows(sparse: Rows, rows: Range<usize>, dense: &[f32], bias: Option<&[f32]>, output: SharedMatrix) {
    let width = output.stride;
    for row in rows {
        // SAFETY: rows are a part's own.
        let target = unsafe { output.part(row, 0, width) };
        match bias {
            Some(bias) => target.copy_from_slice(bias),
            None => target.fill(0.0),
        }
        let range = sparse.begins[row] as usize..sparse.begins[row + 1] as usize;
        for index in range {
            // Rows of weights are far apart: by the time that one is added, the next shall be in the cache.
            if let Some(next) = sparse.columns.get(index + 1) {
                prefetch(&dense[*next as usize * width..][..width]);
            }
            let column = sparse.columns[index] as usize;
            add_scaled(sparse.values[index], &dense[column * width..][..width], target);
        }
    }
}

#[inline(always)]
fn prefetch(row: &[f32]) {
    #[cfg(target_arch = "x86_64")]
    for line in row.chunks(LANES) {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        // SAFETY: a hint, which reads nothing.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(line.as_ptr().cast()) };
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = row;
}

/// Some rows of the transpose of sparse [rows, outer] · dense [rows, width].
#[multiversion(targets = "simd")]
fn scatter_rows(sparse: Rows, targets: Range<usize>, dense: &[f32], output: SharedMatrix) {
    let width = output.stride;
    // SAFETY: these rows are a part's own.
    unsafe { output.part(targets.start, 0, targets.len() * width) }.fill(0.0);
    for (row, source) in dense.chunks_exact(width).enumerate() {
        for (column, value) in sparse.row(row).filter(|(column, _)| targets.contains(column)) {
            // SAFETY: as above.
            add_scaled(value, source, unsafe { output.part(column, 0, width) });
        }
    }
}

/// Up to sixteen lines of scale · dense · (sparse + constants · 1ᵀ) + addend_scale · addend.
#[multiversion(targets = "simd")]
fn multiply_lines(
    sparse: Rows,
    constants: &[f32],
    dense: &[f32],
    lines: Range<usize>,
    (scale, addend_scale): (f32, f32),
    addend: Option<&[f32]>,
    output: SharedMatrix,
) {
    let (rows, outer) = (sparse.begins.len() - 1, output.stride);
    let inputs = transposed(dense, rows, lines.clone(), scale);
    let mut sums = vec![Lanes([0.0; LANES]); outer];
    for (row, Lanes(input)) in inputs.iter().enumerate() {
        for (column, value) in sparse.row(row) {
            let sum = &mut sums[column].0;
            for lane in 0..LANES {
                sum[lane] = input[lane].mul_add(value, sum[lane]);
            }
        }
    }
    let line_constants = lines.clone().map(|line| match constants {
        [] => 0.0,
        _ => scale * dot(&dense[line * rows..][..rows], constants),
    });
    let line_constants = line_constants.collect::<Vec<f32>>();
    for (block, sums) in sums.chunks(LANES).enumerate() {
        for (lane, line) in lines.clone().enumerate() {
            // SAFETY: lines are a part's own.
            let target = unsafe { output.part(line, block * LANES, sums.len()) };
            let constant = line_constants[lane];
            match addend {
                Some(addend) => {
                    for ((to, sum), x) in target.iter_mut().zip(sums).zip(&addend[line * outer + block * LANES..]) {
                        *to = addend_scale.mul_add(*x, sum.0[lane] + constant);
                    }
                }
                None => {
                    for (to, sum) in target.iter_mut().zip(sums) {
                        *to = sum.0[lane] + constant;
                    }
                }
            }
        }
    }
}

/// Up to sixteen lines of scale · dense · transpose of (sparse + constants · 1ᵀ).
#[multiversion(targets = "simd")]
fn multiply_lines_transposed(
    sparse: Rows,
    constants: &[f32],
    dense: &[f32],
    inner: usize,
    lines: Range<usize>,
    scale: f32,
    output: SharedMatrix,
) {
    let inputs = transposed(dense, inner, lines.clone(), scale);
    let mut totals = [0.0; LANES];
    if !constants.is_empty() {
        for Lanes(input) in &inputs {
            for lane in 0..LANES {
                totals[lane] += input[lane];
            }
        }
    }
    for row in 0..output.stride {
        let constant = constants.get(row).copied().unwrap_or(0.0);
        let mut sums = [0.0; LANES];
        for lane in 0..LANES {
            sums[lane] = totals[lane] * constant;
        }
        for (column, value) in sparse.row(row) {
            let Lanes(input) = &inputs[column];
            for lane in 0..LANES {
                sums[lane] = input[lane].mul_add(value, sums[lane]);
            }
        }
        for (line, sum) in lines.clone().zip(sums) {
            // SAFETY: lines are a part's own.
            unsafe { output.part(line, row, 1)[0] = sum };
        }
    }
}

/// A number of each of sixteen lines, in one line of the cache.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Lanes([f32; LANES]);

/// scale · the transpose of up to sixteen lines of x […, columns] → [columns] of a vector each, 0 where there is no line.
#[inline(always)]
fn transposed(x: &[f32], columns: usize, lines: Range<usize>, scale: f32) -> Vec<Lanes> {
    let mut result = vec![Lanes([0.0; LANES]); columns];
    for (block, vectors) in result.chunks_mut(LANES).enumerate() {
        for (lane, line) in lines.clone().enumerate() {
            for (to, from) in vectors.iter_mut().zip(&x[line * columns + block * LANES..]) {
                to.0[lane] = scale * from;
            }
        }
    }
    result
}

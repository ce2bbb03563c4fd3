//! Products of dense matrices.

use crate::Kernels;
use crate::memory::Memory;
use crate::simd::add_scaled;
use gemm::Parallelism;
use multiversion::multiversion;
use napi::bindgen_prelude::*;
use napi_derive::napi;

/// Below so many multiplications threads would take longer to wake than to work.
const WORTH_THREADS: usize = 1 << 20;

/// A matrix as a product reads it, transposed or not: its first element, and floats between rows and columns.
#[napi(object)]
pub struct Operand {
    pub address: u32,
    pub rows: u32,
    pub columns: u32,
    pub row_stride: u32,
    pub column_stride: u32,
}

/// A matrix in memory.
#[derive(Clone, Copy)]
pub struct Strided {
    pub start: *const f32,
    pub row_stride: usize,
    pub column_stride: usize,
}

/// output [rows, columns] = left [rows, depth] · right [depth, columns], added to what is there if told. The order in
/// which an element's products are added depends on the sizes only.
///
/// # Safety
/// All elements must be in memory that is valid, and nobody else may read or write the output's.
pub unsafe fn multiply(
    (rows, columns, depth): (usize, usize, usize),
    left: Strided,
    right: Strided,
    (output, output_stride): (*mut f32, usize),
    accumulate: bool,
    parallelism: Parallelism,
) {
    // SAFETY: the caller's.
    unsafe {
        gemm::gemm(
            rows,
            columns,
            depth,
            output,
            1,
            output_stride as isize,
            accumulate,
            left.start,
            left.column_stride as isize,
            left.row_stride as isize,
            right.start,
            right.column_stride as isize,
            right.row_stride as isize,
            1.0,
            1.0,
            false,
            false,
            false,
            parallelism,
        );
    }
}

impl Operand {
    fn within(&self, memory: Memory) -> Result<Strided> {
        let (rows, columns) = (self.rows as usize, self.columns as usize);
        let (row_stride, column_stride) = (self.row_stride as usize, self.column_stride as usize);
        let length = (rows.max(1) - 1) * row_stride + (columns.max(1) - 1) * column_stride + 1;
        let start = memory.floats(self.address, length)?.as_ptr();
        Ok(Strided { start, row_stride, column_stride })
    }
}

#[napi]
impl Kernels {
    /// output [a.rows, b.columns] = a · b, plus a row of constants [b.columns] in every row if their address is not 0.
    #[napi]
    pub fn multiply(&self, memory: ArrayBuffer, a: Operand, b: Operand, constants: u32, output: u32) -> Result<()> {
        let memory = Memory::new(memory);
        let (rows, columns, depth) = (a.rows as usize, b.columns as usize, a.columns as usize);
        let (left, right) = (a.within(memory)?, b.within(memory)?);
        let result = memory.output(output, rows * columns)?;
        if constants != 0 {
            let row = memory.floats(constants, columns)?;
            result.chunks_exact_mut(columns).for_each(|target| target.copy_from_slice(row));
        }
        let output = SendPointer(result.as_mut_ptr());
        let operands = SendOperands(left, right);
        self.threads.within(rows * columns * depth >= WORTH_THREADS, move |parallelism| {
            let (SendPointer(start), SendOperands(left, right)) = ({ output }, { operands });
            // SAFETY: the operands and the output were checked, and the output is new.
            unsafe { multiply((rows, columns, depth), left, right, (start, columns), constants != 0, parallelism) }
        });
        Ok(())
    }

    /// Sums of columns: output [columns] of x [rows, columns].
    #[napi]
    pub fn sum_rows(&self, memory: ArrayBuffer, rows: u32, columns: u32, x: u32, output: u32) -> Result<()> {
        let memory = Memory::new(memory);
        let (rows, columns) = (rows as usize, columns as usize);
        let x = memory.floats(x, rows * columns)?;
        let sums = memory.output(output, columns)?;
        add_rows(x, sums);
        Ok(())
    }
}

/// Sums of columns of rows that are as long as the sums.
#[multiversion(targets = "simd")]
pub fn add_rows(rows: &[f32], sums: &mut [f32]) {
    sums.fill(0.0);
    for row in rows.chunks_exact(sums.len().max(1)) {
        add_scaled(1.0, row, sums);
    }
}

struct SendPointer(*mut f32);
struct SendOperands(Strided, Strided);

// SAFETY: the call that makes them outlives the threads' work on them.
unsafe impl Send for SendPointer {}
unsafe impl Send for SendOperands {}

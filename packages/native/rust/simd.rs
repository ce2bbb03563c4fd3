//! What loops share that are compiled for every width of vectors and chosen by the processor (`multiversion`). They give
//! the same bits with any width: multiplications are fused with additions everywhere, and sums are kept in sixteen lanes.

/// Floats that sums are kept apart for.
pub const LANES: usize = 16;

/// The widest vectors that the kernels use on this processor. None if it cannot fuse a multiplication with an addition,
/// for which they would have to call a function each time.
pub fn instructions() -> Option<&'static str> {
    #[cfg(target_arch = "x86_64")]
    {
        let fused = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
        let wide = fused && is_x86_feature_detected!("avx512f");
        if wide {
            Some("AVX-512")
        } else if fused {
            Some("AVX2")
        } else {
            None
        }
    }
    #[cfg(target_arch = "aarch64")]
    {
        Some("NEON")
    }
    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    {
        None
    }
}

#[inline(always)]
pub fn sum_lanes(lanes: &[f32; LANES]) -> f32 {
    let mut sums = *lanes;
    let mut width = LANES / 2;
    while width > 0 {
        for lane in 0..width {
            sums[lane] += sums[lane + width];
        }
        width /= 2;
    }
    sums[0]
}

#[inline(always)]
pub fn sum(x: &[f32]) -> f32 {
    let mut lanes = [0.0; LANES];
    let (blocks, rest) = x.as_chunks::<LANES>();
    for block in blocks {
        for lane in 0..LANES {
            lanes[lane] += block[lane];
        }
    }
    for (lane, value) in rest.iter().enumerate() {
        lanes[lane] += value;
    }
    sum_lanes(&lanes)
}

/// Sum of products.
#[inline(always)]
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0; LANES];
    let (a_blocks, a_rest) = a.as_chunks::<LANES>();
    let (b_blocks, b_rest) = b.as_chunks::<LANES>();
    for (x, y) in a_blocks.iter().zip(b_blocks) {
        for lane in 0..LANES {
            lanes[lane] = x[lane].mul_add(y[lane], lanes[lane]);
        }
    }
    for (lane, (x, y)) in a_rest.iter().zip(b_rest).enumerate() {
        lanes[lane] = x.mul_add(*y, lanes[lane]);
    }
    sum_lanes(&lanes)
}

/// target += factor · source
#[inline(always)]
pub fn add_scaled(factor: f32, source: &[f32], target: &mut [f32]) {
    for (to, from) in target.iter_mut().zip(source) {
        *to = factor.mul_add(*from, *to);
    }
}

/// e^x to about 2 units in the last place, by the polynomial of the Cephes library's expf. x is kept within [−87, 88],
/// where results are normal numbers; what is no number stays none.
#[allow(clippy::excessive_precision)]
#[inline(always)]
pub fn exponential(x: f32) -> f32 {
    // Adding 1.5·2^23 rounds to an integer, which then stands in the low bits.
    const ROUNDER: f32 = 12_582_912.0;
    let kept = x.clamp(-87.0, 88.0);
    let shifted = kept.mul_add(std::f32::consts::LOG2_E, ROUNDER);
    let exponent = shifted - ROUNDER;
    let rest = exponent.mul_add(2.121_944_40e-4, exponent.mul_add(-0.693_359_375, kept));
    let mut series = rest.mul_add(1.987_569_150_0e-4, 1.398_199_950_7e-3);
    series = series.mul_add(rest, 8.333_451_907_3e-3);
    series = series.mul_add(rest, 4.166_579_589_4e-2);
    series = series.mul_add(rest, 1.666_666_545_9e-1);
    series = series.mul_add(rest, 5.000_000_120_1e-1);
    let mantissa = series.mul_add(rest * rest, rest + 1.0);
    f32::from_bits(mantissa.to_bits().wrapping_add(shifted.to_bits() << 23))
}

/// log(1 + u) for u in [0, 1], exact to float precision also for tiny u: 2·artanh(u / (u + 2)).
#[inline(always)]
pub fn log_one_plus(u: f32) -> f32 {
    let s = u / (u + 2.0);
    let square = s * s;
    let mut series = square.mul_add(1.0 / 13.0, 1.0 / 11.0);
    series = series.mul_add(square, 1.0 / 9.0);
    series = series.mul_add(square, 1.0 / 7.0);
    series = series.mul_add(square, 1.0 / 5.0);
    series = series.mul_add(square, 1.0 / 3.0);
    series = series.mul_add(square, 1.0);
    (s + s) * series
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponentials_are_right_to_two_units_and_none_is_swallowed() {
        for step in -8_700..8_800 {
            let x = step as f32 / 100.0;
            let exact = f64::from(x).exp();
            assert!((f64::from(exponential(x)) / exact - 1.0).abs() < 2.5e-7, "e^{x}");
        }
        assert!(exponential(f32::NAN).is_nan());
        assert!(exponential(f32::NEG_INFINITY) < 2e-38);
    }

    #[test]
    fn logarithms_keep_their_precision_near_zero() {
        for exponent in -120..1 {
            let u = 2f32.powi(exponent);
            assert!((f64::from(log_one_plus(u)) / f64::from(u).ln_1p() - 1.0).abs() < 3e-7, "log(1 + {u})");
        }
    }

    #[multiversion::multiversion(targets = "simd")]
    fn wide_dot(a: &[f32], b: &[f32]) -> f32 {
        dot(a, b)
    }

    #[multiversion::multiversion(targets = "simd")]
    fn wide_exponentials(values: &mut [f32]) {
        values.iter_mut().for_each(|value| *value = exponential(*value));
    }

    #[test]
    fn vectors_of_any_width_give_the_same_bits() {
        let mut values: Vec<f32> = (0..1_003).map(|index| (index as f32 * 0.37).sin()).collect();
        assert_eq!(wide_dot(&values, &values), dot(&values, &values));
        let narrow = values.iter().map(|x| exponential(*x)).collect::<Vec<f32>>();
        wide_exponentials(&mut values);
        assert_eq!(values, narrow);
    }
}

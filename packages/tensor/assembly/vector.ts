// Four 32-bit floats at a time. Addresses, strides and offsets are bytes everywhere in these files.

/** Bytes of a float and of a vector of four. */
export const FLOAT: usize = 4;
export const VECTOR: usize = 16;

@inline
export function splat(value: f32): v128 {
  return f32x4.splat(value);
}

/** a·b + c, rounded twice: a fused multiply-add would give other bits on other machines. */
@inline
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  return f32x4.add(f32x4.mul(a, b), c);
}

@inline
export function sumLanes(vector: v128): f32 {
  return (f32x4.extract_lane(vector, 0) + f32x4.extract_lane(vector, 1)) + (f32x4.extract_lane(vector, 2) + f32x4.extract_lane(vector, 3));
}

@inline
export function largestLane(vector: v128): f32 {
  return max(
    max(f32x4.extract_lane(vector, 0), f32x4.extract_lane(vector, 1)),
    max(f32x4.extract_lane(vector, 2), f32x4.extract_lane(vector, 3)),
  );
}

/** The i-th float from an address on. */
@inline
export function floatAt(address: usize, index: i32): f32 {
  return load<f32>(address + (<usize>index << 2));
}

/** The i-th integer from an address on. */
@inline
export function integerAt(address: usize, index: i32): i32 {
  return load<i32>(address + (<usize>index << 2));
}

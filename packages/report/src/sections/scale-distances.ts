/** Points in the plane. */
export interface PlanePoints {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

const ITERATIONS = 300;

/** Points nearer than this push each other no further apart. */
const SMALLEST = 1e-9;

/**
 * Moves points so that their distances come near to given ones: metric scaling by majorisation of the squared error
 * (SMACOF, de Leeuw 1977), with equal weights.
 *
 * @param start where to begin
 * @param distances [points, points], symmetric
 */
export function scaleDistances(start: PlanePoints, distances: Float64Array): PlanePoints {
  let points = start;
  for (let iteration = 0; iteration < ITERATIONS; iteration++) points = guttmanTransform(points, distances);
  return points;
}

/** One step of majorisation: the error never grows. */
function guttmanTransform({ x, y }: PlanePoints, distances: Float64Array): PlanePoints {
  const size = x.length;
  const next = { x: new Float64Array(size), y: new Float64Array(size) };
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const [dx, dy] = [x[i]! - x[j]!, y[i]! - y[j]!];
      const ratio = distances[i * size + j]! / Math.max(SMALLEST, Math.hypot(dx, dy));
      next.x[i]! += (ratio * dx) / size;
      next.y[i]! += (ratio * dy) / size;
    }
  }
  return next;
}

/** Distances between all pairs of points [points, points]. */
export function planeDistances({ x, y }: PlanePoints): Float64Array {
  const size = x.length;
  return Float64Array.from({ length: size * size }, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size];
    return Math.hypot(x[i]! - x[j]!, y[i]! - y[j]!);
  });
}

/** NVIDIA's packages that the metadata of Python's tensorflow lists under its extra `and-cuda`, as pip takes them. */
export function cudaRequirements(metadata: string): string[] {
  const lines = metadata
    .split('\n')
    .filter((line) => line.startsWith('Requires-Dist: nvidia-') && line.includes('extra == "and-cuda"'));
  return lines.map((line) => line.slice('Requires-Dist: '.length).split(';', 1)[0]!.trim());
}

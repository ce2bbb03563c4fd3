const ARRAYS = [
  'ArrayBuffer',
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
] as const;

type ArrayConstructor = new (...parameters: unknown[]) => { readonly byteLength: number };

/** Bytes of all typed arrays that the work makes, together; views of what is there already count nothing. */
export function allocatedBytes(work: () => void): number {
  const scope = globalThis as unknown as Record<string, ArrayConstructor>;
  const originals = ARRAYS.map((name) => [name, scope[name]!] as const);
  let bytes = 0;
  for (const [name, original] of originals) {
    scope[name] = new Proxy(original, {
      construct(target, parameters: unknown[], newTarget) {
        const made = Reflect.construct(target, parameters, newTarget === scope[name] ? target : newTarget) as {
          readonly byteLength: number;
        };
        if (!isBuffer(parameters[0])) bytes += made.byteLength;
        return made;
      },
    });
  }
  try {
    work();
  } finally {
    for (const [name, original] of originals) scope[name] = original;
  }
  return bytes;
}

function isBuffer(value: unknown): boolean {
  return Object.prototype.toString.call(value) === '[object ArrayBuffer]';
}

import { ProtobufWriter } from './protobuf-writer';

/** Element types of ONNX tensors that the models use. */
export const elementTypes = { float32: 1, int8: 3, int64: 7 } as const;
export type ElementType = keyof typeof elementTypes;

/** Bytes of a weight that lie in a file beside the graph. */
export interface ExternalPlace {
  readonly file: string;
  readonly offset: number;
  readonly length: number;
}

/** A named input or output; dimensions given by name vary from call to call. */
export interface GraphValue {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly (number | string)[];
}

export type Attribute = number | string | readonly number[] | { readonly float: number };

const OPSET = 17;
const IR_VERSION = 8;
const ATTRIBUTE_TYPES = { float: 1, integer: 2, string: 3, integers: 7 } as const;

/**
 * Builds an ONNX model (https://onnx.ai/onnx/repo-docs/IR.html) node by node; field numbers are those of onnx.proto.
 */
export class OnnxGraph {
  private readonly graph = new ProtobufWriter();
  private nodes = 0;

  /** Adds a node with one output and returns the output's name. */
  node(
    operation: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
    output = `${operation}_${this.nodes}`,
  ): string {
    const node = new ProtobufWriter();
    for (const input of inputs) node.string(1, input);
    node.string(2, output).string(3, `node_${this.nodes++}`).string(4, operation);
    for (const [name, value] of Object.entries(attributes)) node.message(5, attribute(name, value));
    this.graph.message(1, node);
    return output;
  }

  /** Adds a constant with its bytes, or with the place where they lie. */
  initializer(name: string, type: ElementType, shape: readonly number[], content: Uint8Array | ExternalPlace): string {
    const tensor = new ProtobufWriter();
    for (const size of shape) tensor.integer(1, size);
    tensor.integer(2, elementTypes[type]).string(8, name);
    if (content instanceof Uint8Array) tensor.bytes(9, content);
    else {
      for (const [key, value] of [
        ['location', content.file],
        ['offset', String(content.offset)],
        ['length', String(content.length)],
      ] as const) {
        tensor.message(13, new ProtobufWriter().string(1, key).string(2, value));
      }
      tensor.integer(14, 1);
    }
    this.graph.message(5, tensor);
    return name;
  }

  integers(values: readonly number[], scalar = false): string {
    const name = `constant_${this.nodes++}`;
    return this.initializer(
      name,
      'int64',
      scalar ? [] : [values.length],
      new Uint8Array(BigInt64Array.from(values, BigInt).buffer),
    );
  }

  float(value: number): string {
    return this.initializer(`constant_${this.nodes++}`, 'float32', [], new Uint8Array(Float32Array.of(value).buffer));
  }

  finish(inputs: readonly GraphValue[], outputs: readonly GraphValue[]): Uint8Array {
    this.graph.string(2, 'encoder');
    for (const input of inputs) this.graph.message(11, valueInfo(input));
    for (const output of outputs) this.graph.message(12, valueInfo(output));
    const opset = new ProtobufWriter().string(1, '').integer(2, OPSET);
    return new ProtobufWriter()
      .integer(1, IR_VERSION)
      .string(2, 'xtm')
      .message(7, this.graph)
      .message(8, opset)
      .finish();
  }
}

function attribute(name: string, value: Attribute): ProtobufWriter {
  const writer = new ProtobufWriter().string(1, name);
  if (typeof value === 'number') return writer.integer(3, value).integer(20, ATTRIBUTE_TYPES.integer);
  if (typeof value === 'string')
    return writer.bytes(4, new TextEncoder().encode(value)).integer(20, ATTRIBUTE_TYPES.string);
  if ('float' in value) return writer.float(2, value.float).integer(20, ATTRIBUTE_TYPES.float);
  for (const item of value) writer.integer(8, item);
  return writer.integer(20, ATTRIBUTE_TYPES.integers);
}

function valueInfo({ name, type, shape }: GraphValue): ProtobufWriter {
  const sizes = new ProtobufWriter();
  for (const size of shape)
    sizes.message(
      1,
      typeof size === 'number' ? new ProtobufWriter().integer(1, size) : new ProtobufWriter().string(2, size),
    );
  const tensor = new ProtobufWriter().integer(1, elementTypes[type]).message(2, sizes);
  return new ProtobufWriter().string(1, name).message(2, new ProtobufWriter().message(1, tensor));
}

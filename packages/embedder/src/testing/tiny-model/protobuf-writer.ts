const VARINT = 0;
const LENGTH_DELIMITED = 2;

/**
 * Writes one message of the protocol buffer wire format (https://protobuf.dev/programming-guides/encoding), as far as
 * ONNX graphs need it: integers, strings, bytes, 32-bit floats and messages inside.
 */
export class ProtobufWriter {
  private readonly chunks: Uint8Array[] = [];

  integer(field: number, value: number): this {
    return this.tag(field, VARINT).varint(BigInt.asUintN(64, BigInt(value)));
  }

  string(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value));
  }

  bytes(field: number, value: Uint8Array): this {
    this.tag(field, LENGTH_DELIMITED).varint(BigInt(value.length));
    this.chunks.push(value);
    return this;
  }

  float(field: number, value: number): this {
    this.tag(field, 5);
    this.chunks.push(new Uint8Array(Float32Array.of(value).buffer));
    return this;
  }

  message(field: number, message: ProtobufWriter): this {
    return this.bytes(field, message.finish());
  }

  finish(): Uint8Array {
    return new Uint8Array(Buffer.concat(this.chunks));
  }

  private tag(field: number, wireType: number): this {
    return this.varint(BigInt(field * 8 + wireType));
  }

  private varint(value: bigint): this {
    const bytes: number[] = [];
    let rest = value;
    for (; rest >= 128n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
    bytes.push(Number(rest));
    this.chunks.push(Uint8Array.from(bytes));
    return this;
  }
}

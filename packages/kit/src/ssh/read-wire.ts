/** Reads the fields of an SSH message (RFC 4251 section 5) one after another; null as soon as a length does not fit. */
export class WireReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Whether every byte was read. */
  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** The next `length` bytes. */
  take(length: number): Uint8Array | null {
    if (this.#at + length > this.#bytes.length) return null;
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  /** A big-endian number of four bytes. */
  number(): number | null {
    const bytes = this.take(4);
    return bytes === null ? null : bytes.reduce((value, byte) => value * 256 + byte, 0);
  }

  /** Bytes behind their length. */
  string(): Uint8Array | null {
    const length = this.number();
    return length === null ? null : this.take(length);
  }

  /** A string of visible ASCII characters, such as a name; null for anything else. */
  name(): string | null {
    const bytes = this.string();
    return bytes === null || bytes.some((byte) => byte < 0x21 || byte > 0x7e) ? null : String.fromCharCode(...bytes.subarray(0, 256));
  }
}

/** The bytes behind their length in four, as {@link WireReader.string} reads them. */
export function wireString(bytes: Uint8Array): Uint8Array {
  const field = new Uint8Array(4 + bytes.length);
  field.set([bytes.length >>> 24, bytes.length >>> 16, bytes.length >>> 8, bytes.length]);
  field.set(bytes, 4);
  return field;
}

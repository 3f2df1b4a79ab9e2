/** Reads and writes fields of bits, the most significant first. */
export class BitReader {
  private readonly bits: bigint;
  private readonly size: number;
  private at = 0;

  constructor(hex: string) {
    this.bits = hex === '' ? 0n : BigInt(`0x${hex}`);
    this.size = hex.length * 4;
  }

  /** Bits that are left. */
  get left(): number {
    return this.size - this.at;
  }

  read(width: number): bigint {
    const shift = BigInt(this.size - this.at - width);
    this.at += width;
    return (this.bits >> shift) & ((1n << BigInt(width)) - 1n);
  }

  readNumber(width: number): number {
    return Number(this.read(width));
  }
}

export class BitWriter {
  private bits = 0n;
  private size = 0;

  write(value: bigint | number, width: number): this {
    this.bits = (this.bits << BigInt(width)) | BigInt(value);
    this.size += width;
    return this;
  }

  /** Hexadecimal digits, filled with zero bits to a whole number of units. */
  toHex(unit: number): string {
    const size = Math.ceil(this.size / unit) * unit;
    return (this.bits << BigInt(size - this.size))
      .toString(16)
      .toUpperCase()
      .padStart(size / 4, '0');
  }
}

/** The little of the tar format (POSIX ustar) that an archive needs, so that any tar lists and unpacks it. */

const block = 512;
/** Eleven octal digits, the most that the size field of a ustar header holds. */
const largestEntry = 0o77777777777;

/** The header of a file in the archive. Names have at most 100 bytes. */
export function tarHeader(name: string, size: number, seconds: number): Buffer {
  if (Buffer.byteLength(name) > 100) throw new Error(`The name ${name} is too long for the archive.`);
  if (!Number.isSafeInteger(size) || size < 0 || size > largestEntry)
    throw new Error(`The file ${name} is too large for the archive.`);
  const header = Buffer.alloc(block);
  header.write(name, 0);
  header.write('0000600\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  header.write(`${Math.floor(seconds).toString(8).padStart(11, '0')}\0`, 136);
  header.write('0', 156);
  header.write('ustar\0', 257);
  header.write('00', 263);
  header.write(`${checksum(header).toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

/** Zeros that fill the last block of an entry. */
export function tarPadding(size: number): Buffer {
  return Buffer.alloc((block - (size % block)) % block);
}

/** Two empty blocks end an archive. */
export const tarEnd = Buffer.alloc(2 * block);

/** One file of an archive; its body must be read before the next entry is asked for. */
export interface TarEntry {
  name: string;
  size: number;
  body: AsyncGenerator<Buffer>;
}

/**
 * Reads the entries of an archive one after the other, without ever holding more than a chunk.
 * @throws Error when the bytes are no tar archive, or end before the archive does.
 */
export async function* readTar(source: AsyncIterable<Buffer>): AsyncGenerator<TarEntry> {
  const reader = new ChunkReader(source);
  for (;;) {
    const header = await reader.take(block);
    if (header.every((byte) => byte === 0)) {
      await reader.drain();
      return;
    }
    const stated = Number.parseInt(header.toString('latin1', 148, 156), 8);
    const size = Number.parseInt(header.toString('latin1', 124, 136), 8);
    if (stated !== checksum(header) || !Number.isSafeInteger(size))
      throw new Error('A header of the archive is damaged.');
    const name = header.toString('utf8', 0, header.indexOf(0));
    let left = size;
    async function* body(): AsyncGenerator<Buffer> {
      while (left > 0) {
        const chunk = await reader.some(left);
        left -= chunk.length;
        yield chunk;
      }
    }
    yield { name, size, body: body() };
    while (left > 0) left -= (await reader.some(left)).length;
    await reader.take(tarPadding(size).length);
  }
}

/** The whole body of an entry that is known to be small. */
export async function wholeBody(entry: TarEntry): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of entry.body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function checksum(header: Buffer): number {
  let sum = 0;
  for (let at = 0; at < block; at += 1) sum += at >= 148 && at < 156 ? 32 : header[at]!;
  return sum;
}

class ChunkReader {
  private held: Buffer = Buffer.alloc(0);
  private readonly iterator: AsyncIterator<Buffer>;

  constructor(source: AsyncIterable<Buffer>) {
    this.iterator = source[Symbol.asyncIterator]();
  }

  /** Between one byte and `most`. */
  async some(most: number): Promise<Buffer> {
    while (this.held.length === 0) {
      const next = await this.iterator.next();
      if (next.done) throw new Error('The archive ends too early.');
      this.held = next.value;
    }
    const chunk = this.held.subarray(0, most);
    this.held = this.held.subarray(chunk.length);
    return chunk;
  }

  async take(count: number): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for (let left = count; left > 0; ) {
      const chunk = await this.some(left);
      chunks.push(chunk);
      left -= chunk.length;
    }
    return Buffer.concat(chunks);
  }

  /** Reads to the end, so that the checksum at the end of the compression is checked too. */
  async drain(): Promise<void> {
    for (let next = await this.iterator.next(); !next.done; next = await this.iterator.next());
  }
}

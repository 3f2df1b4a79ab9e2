import { canonicalBytes, sha256, toHex } from '@hengjian/transparency';

/** Where something was captured: WGS 84, degrees as decimal text, accuracy as a radius in metres (68 %, as devices state it). */
export interface Place {
  latitude: string;
  longitude: string;
  accuracy: string;
}

/** Whose handwriting a piece is, and of which content: `sheet` is a digest made by {@link sheetDigest}. */
export interface Signer {
  part: 'sampler' | 'officer' | 'firm' | 'witness';
  name: string;
  /** The person's id where the platform knows it. */
  person: string | null;
  sheet: string;
}

/** One photograph, film, recording or signature, as it was when it was captured. */
export interface CapturedPiece {
  /** UUID; the id under which its file is sent. */
  id: string;
  /** Which kind of paper of the record it is. */
  kind: string;
  mediaType: string;
  /** Bytes. */
  size: number;
  /** SHA-256 of the file, 64 lower-case hexadecimal digits. */
  sha256: string;
  /** Instant by the device's own clock, right or wrong: RFC 3339 in UTC. */
  deviceAt: string;
  /** Null when the device told no place. */
  place: Place | null;
  signer: Signer | null;
}

/** A piece in its place in the chain: each link holds the hash of the one before, the first that of the beginning. */
export interface EvidenceLink {
  piece: CapturedPiece;
  previous: string;
  hash: string;
}

/** All that one device captured for one act on one record, in order. */
export interface EvidenceChain {
  profile: 'hengjian/evidence/1';
  /** UUID of the chain itself. */
  id: string;
  /** UUID of the record that it is evidence for. */
  record: string;
  /** Name of the device, made by it at its first use. */
  device: string;
  /** Instant by the device's own clock. */
  begunAt: string;
  links: readonly EvidenceLink[];
}

/** One comparison of the device's clock with the server's: both read at the same moment. */
export interface DeviceClock {
  deviceAt: string;
  serverAt: string;
}

/** When a piece was captured by the server's clock, and by how much the device's was ahead (negative: behind). */
export interface PieceTime {
  id: string;
  at: string;
  aheadSeconds: number;
}

const hashOf = (value: unknown): string => toHex(sha256(canonicalBytes(value)));

/** The hash that the first link holds: it binds the chain to its record and its device. */
export function beginningOf({ profile, id, record, device, begunAt }: Omit<EvidenceChain, 'links'>): string {
  return hashOf({ profile, id, record, device, begunAt });
}

/** The hash of a link: of the one before, and of everything that is known of the piece. */
export function linkHash(previous: string, piece: CapturedPiece): string {
  return hashOf({ previous, piece });
}

/** The last hash of a chain: whoever keeps it can tell whether anything before it was altered. */
export function headOf(chain: EvidenceChain): string {
  return chain.links.at(-1)?.hash ?? beginningOf(chain);
}

/**
 * The times of all pieces by the server's clock. The comparison may have been made hours later; what the device's clock was off by then
 * is taken to be what it was off by at the capture. The chain itself keeps what the device said.
 */
export function captureTimes(chain: EvidenceChain, clock: DeviceClock): PieceTime[] {
  const ahead = Date.parse(clock.deviceAt) - Date.parse(clock.serverAt);
  return chain.links.map(({ piece: { id, deviceAt } }) => ({
    id,
    at: new Date(Date.parse(deviceAt) - ahead).toISOString(),
    aheadSeconds: Math.round(ahead / 1000),
  }));
}

import { type CapturedPiece, type EvidenceChain, headOf, linkHash } from './chain.ts';

/** Begins a chain for a record on a device; it has no pieces yet. Instants are RFC 3339 in UTC, by the device's clock. */
export function beginChain(begun: { id: string; record: string; device: string; begunAt: string }): EvidenceChain {
  return { profile: 'hengjian/evidence/1', ...begun, links: [] };
}

/** The chain with one piece more; the chain given is left as it is. */
export function addPiece(chain: EvidenceChain, piece: CapturedPiece): EvidenceChain {
  const previous = headOf(chain);
  return { ...chain, links: [...chain.links, { piece, previous, hash: linkHash(previous, piece) }] };
}

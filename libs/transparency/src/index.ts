/** Everything that needs a hash alone. What verifies signatures stands in `./verification.ts`. */
export * from './beacon.ts';
export {
  compareBytes,
  concatBytes,
  equalBytes,
  fromBase64,
  fromHex,
  toBase64,
  toHex,
  utf8,
} from './bytes.ts';
export * from './canonical-json.ts';
export * from './commitment.ts';
export * from './consistent-sampling.ts';
export {
  type DrawBundle,
  type DrawResult,
  type DrawStage,
  frameRowsOf,
  type OpenedExclusion,
  type OpenedPairing,
  type OpenedRecord,
  type Opening,
  type Publication,
  parseBundle,
  stageOf,
} from './draw-bundle.ts';
export * from './draw-stages.ts';
export { type Sentence, TransparencyError } from './errors.ts';
export {
  buildFrame,
  decodeFrame,
  encodeFrame,
  type Frame,
  type FrameEntry,
  frameLeaf,
  frameRoot,
  frameSize,
  type Hashing,
  leafAt,
  MAXIMUM_WEIGHT,
  requireFrame,
  sparseCells,
} from './frame.ts';
export * from './hash-sampling.ts';
export { DIGEST_BYTES, type Hash, type HashProfile, hashOf, sha256, sm3 } from './hashing.ts';
export {
  consistencyProof,
  consistencyProofAddresses,
  inclusionProof,
  inclusionProofAddresses,
  type NodeAddress,
  type NodeReader,
  rootAt,
} from './merkle-proofs.ts';
export {
  appendToTree,
  EMPTY_FRONTIER,
  type Frontier,
  leafHash,
  nodeHash,
  rootOf,
  rootOfFrontier,
  type StoredNode,
} from './merkle-tree.ts';
export {
  verifyConsistency,
  verifyInclusion,
  verifySubtreeConsistency,
  verifySubtreeInclusion,
} from './merkle-verification.ts';
export * from './pairing.ts';
export * from './salted-fields.ts';
export * from './selection.ts';

/** The chain of evidence that is captured on the spot: browser and server run the same code. */

export { addPiece, beginChain } from './capture.ts';
export {
  type CapturedPiece,
  captureTimes,
  type DeviceClock,
  type EvidenceChain,
  type EvidenceLink,
  headOf,
  type PieceTime,
  type Place,
  type Signer,
} from './chain.ts';
export { sheetDigest } from './sheet.ts';
export { type EvidenceFault, type ReceivedFile, verifyChain } from './verify.ts';

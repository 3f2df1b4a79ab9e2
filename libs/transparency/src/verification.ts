/** What needs elliptic curves beside a hash: signed tree heads, the beacon, and the verifier of a whole draw. */
export { verifyBeacon } from './beacon-signature.ts';
export type { DrawStep, DrawStepName } from './draw-step.ts';
export {
  type LogKey,
  logKeyOf,
  signTreeHead,
  type TreeHead,
  treeHeadText,
  verifyTreeHead,
} from './tree-head.ts';
export { type DrawVerdict, type VerifyDrawOptions, verifyDraw } from './verify-draw.ts';

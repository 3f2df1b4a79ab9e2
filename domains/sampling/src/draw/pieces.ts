/** The pieces of a public draw that the draw of inspections is made of, too: the same frame, pool, randomness and opening. */
export { chains, ExclusionField, SamplerField, StratumField, teams, WeightField } from './entity.ts';
export { hideFirms, storeFrame } from './frame.ts';
export { checkPeople, sealPeople } from './people.ts';
export {
  beaconOf,
  checkRandomness,
  checkSources,
  ResolveInput,
  randomnessShape,
  requirePublishedInTime,
  roundOf,
} from './randomness.ts';
export { arrangeFrame, type Firm, type Stratum } from './rules.ts';
export { frameOf, isUnchanged, readLeaves, readSealed, sealedDraw } from './sealed.ts';

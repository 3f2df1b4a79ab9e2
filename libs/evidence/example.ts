import { addPiece, beginChain, headOf, verifyChain } from './src/index.ts';

const record = '0199a6f2-0000-7000-8000-000000000001';
const sha256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
const begun = beginChain({
  id: '0199a6f2-0000-7000-8000-000000000002',
  record,
  device: 'phone-1',
  begunAt: '2026-03-02T02:00:00Z',
});
const chain = addPiece(begun, {
  id: '0199a6f2-0000-7000-8000-000000000003',
  kind: 'photos',
  mediaType: 'image/png',
  size: 4,
  sha256,
  deviceAt: '2026-03-02T02:01:00Z',
  place: null,
  signer: null,
});
const arrived = (hash: string) => new Map([[chain.links[0]!.piece.id, { sha256: hash, size: 4 }]]);
console.log(headOf(chain) === chain.links[0]!.hash, verifyChain(chain, record, arrived(sha256), null));
console.log(verifyChain(chain, record, arrived('0'.repeat(64)), null)?.en);

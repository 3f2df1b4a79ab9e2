import { beginningOf, type CapturedPiece, type EvidenceChain, linkHash, type Signer } from './chain.ts';

/** A file as it arrived: its hash is computed from the bytes that are held, never taken from who sent them. */
export interface ReceivedFile {
  sha256: string;
  /** Bytes. */
  size: number;
}

/** Why a chain does not hold. `piece` counts from 1; null when it is not one piece's fault. */
export interface EvidenceFault {
  code: 'other-record' | 'broken-chain' | 'missing-piece' | 'changed-piece' | 'piece-twice' | 'signed-another-sheet';
  piece: number | null;
  zh: string;
  en: string;
}

/**
 * Whether a chain belongs to a record, is whole, and every file is still the one that was captured. `sheet` is the digest of the content
 * that was handed in with it; that somebody's last signature is for another content is a fault. Answers null when all of it holds, else the first fault.
 */
export function verifyChain(
  chain: EvidenceChain,
  record: string,
  files: ReadonlyMap<string, ReceivedFile>,
  sheet: string | null,
): EvidenceFault | null {
  if (chain.record !== record)
    return {
      code: 'other-record',
      piece: null,
      zh: '这组证据是为另一项任务采集的，不能用于本任务。',
      en: 'This evidence was captured for another task and cannot serve this one.',
    };
  let previous = beginningOf(chain);
  const met = new Set<string>();
  // Nothing is taken out of a chain: whoever signs again leaves the earlier signature in it, and the last one counts.
  const last = new Map(
    chain.links.flatMap(({ piece }) => (piece.signer === null ? [] : [[handOf(piece.signer), piece.id] as const])),
  );
  for (const [index, link] of chain.links.entries()) {
    const fault = naming(link.piece, index + 1);
    if (link.previous !== previous || link.hash !== linkHash(previous, link.piece))
      return fault(
        'broken-chain',
        '的记录与采集时不符，或者它之前的证据被删除、调换',
        'is not recorded as it was captured, or something before it was taken out or moved',
      );
    previous = link.hash;
    if (met.has(link.piece.id)) return fault('piece-twice', '重复出现', 'occurs twice');
    met.add(link.piece.id);
    const file = files.get(link.piece.id);
    if (file === undefined) return fault('missing-piece', '的文件没有收到', 'has not arrived');
    if (file.sha256 !== link.piece.sha256 || file.size !== link.piece.size)
      return fault(
        'changed-piece',
        '的文件与采集时不同，已被改动',
        'is not the file that was captured: it was changed',
      );
    const { signer } = link.piece;
    if (signer !== null && sheet !== null && signer.sheet !== sheet && last.get(handOf(signer)) === link.piece.id)
      return fault(
        'signed-another-sheet',
        `（${signer.name}签名）签的不是这张单子：签名之后内容被改动，请重新签名`,
        `(signature of ${signer.name}) is for another content: it was changed after signing; sign again`,
      );
  }
  return null;
}

const handOf = ({ part, person, name }: Signer): string => `${part} ${person ?? name}`;

/** Says a fault of one piece so that a person finds it: by number, kind and time. */
function naming({ kind, deviceAt }: CapturedPiece, piece: number) {
  const time = deviceAt.slice(11, 16);
  return (code: EvidenceFault['code'], zh: string, en: string): EvidenceFault => ({
    code,
    piece,
    zh: `第 ${piece} 件证据（${kind}，设备时间 ${time} UTC）${zh}。`,
    en: `Piece ${piece} of the evidence (${kind}, device time ${time} UTC) ${en}.`,
  });
}

import { addPiece, type CapturedPiece, type EvidenceChain, type Signer } from '@hengjian/evidence';
import { hashOf, whereAmI } from './device.ts';
import type { Draft, StoredFile } from './shapes.ts';
import { write } from './store.ts';

/** Longest side of a photograph, and from which size on it is made smaller, before it is hashed: what is hashed is what is kept. */
const longestSide = 2048;
const smallEnough = 1_200_000;

const extensions: Record<string, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'video/mp4': 'mp4',
  'application/pdf': 'pdf',
};

/**
 * Takes a file as evidence: hashed, with time and place, chained, and kept with its draft in one transaction: either both are on the device or
 * nothing changed. Returns the draft as it is now. @throws {DeviceFull}
 */
export async function captureFile(draft: Draft, kind: string, file: Blob, signer: Signer | null): Promise<Draft> {
  const deviceAt = new Date().toISOString();
  const place = whereAmI();
  const small = await madeSmaller(file);
  const bytes = await small.arrayBuffer();
  const id = crypto.randomUUID();
  const mediaType = small.type || 'application/octet-stream';
  const piece: CapturedPiece = {
    id,
    kind,
    mediaType,
    size: bytes.byteLength,
    sha256: await hashOf(bytes),
    deviceAt,
    place: await place,
    signer,
  };
  const name = `${kind}-${deviceAt.replaceAll(/\D/g, '').slice(0, 14)}.${extensions[mediaType] ?? 'bin'}`;
  const stored: StoredFile = { id, task: draft.task, name, mediaType, bytes };
  return write(['drafts', 'files'], async (tx) => {
    // It grows from what is on the disk: more was typed meanwhile, or another window has added to it.
    const held = (await tx.objectStore('drafts').get(draft.key)) ?? draft;
    const grown: Draft = { ...held, chain: addPiece(held.chain, piece), changedAt: deviceAt };
    await tx.objectStore('files').put(stored);
    await tx.objectStore('drafts').put(grown);
    return grown;
  });
}

/** The same picture with its longest side shortened, as JPEG; anything else as it came. */
async function madeSmaller(file: Blob): Promise<Blob> {
  if (!file.type.startsWith('image/') || file.size <= smallEnough) return file;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext('2d')!.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const made = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.82));
    return made !== null && made.size < file.size ? made : file;
  } catch {
    // A picture that this browser cannot draw is still evidence.
    return file;
  }
}

export const piecesOf = (chain: EvidenceChain, kind: string): CapturedPiece[] =>
  chain.links.flatMap(({ piece }) => (piece.kind === kind ? [piece] : []));

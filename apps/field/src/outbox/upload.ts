import { type DetailedError, Upload } from 'tus-js-client';
import { Problem, refusalIn } from '../http.ts';
import type { OutboxEntry } from '../shapes.ts';
import { store } from '../store.ts';
import { change } from './queue.ts';

/** Bytes of a part: small enough that little is lost at 10 Mbps when the network goes. */
const partBytes = 1024 * 1024;

/**
 * Sends the pieces of an entry that the server does not have yet, each from where it broke off. @throws {Problem} `piece-lost` when a file is not
 * on the device any more
 */
export async function sendPieces(entry: OutboxEntry, progress: (sent: number, of: number) => void): Promise<void> {
  const arrived = new Set(entry.arrived);
  const all = entry.chain.links.map(({ piece }) => piece);
  for (const [index, piece] of all.entries()) {
    progress(index, all.length);
    if (arrived.has(piece.id)) continue;
    const file = await (await store()).get('files', piece.id);
    if (file === undefined)
      throw new Problem(422, {
        code: 'piece-lost',
        zh: `第 ${index + 1} 件证据的文件不在本机上，无法发送。请收回后重新采集。`,
        en: `The file of piece ${index + 1} is not on this device and cannot be sent. Take the form back and capture it again.`,
      });
    await sendFile(entry, piece.id, new Blob([file.bytes], { type: file.mediaType }), file.name, piece.sha256);
    await change(entry.id, (held) => ({ ...held, arrived: [...held.arrived, piece.id] }));
  }
}

function sendFile(entry: OutboxEntry, id: string, content: Blob, name: string, sha256: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const known = entry.uploads[id];
    const upload = new Upload(content, {
      endpoint: `${location.origin}/api/field/uploads`,
      ...(known === undefined ? {} : { uploadUrl: known }),
      chunkSize: partBytes,
      // Trying again is the outbox's: it knows whether there is a network.
      retryDelays: null,
      storeFingerprintForResuming: false,
      headers: { 'x-hengjian': '1' },
      metadata: { id, name, sha256 },
      onUploadUrlAvailable: () => {
        if (upload.url !== null && upload.url !== known)
          void change(entry.id, (held) => ({ ...held, uploads: { ...held.uploads, [id]: upload.url! } }));
      },
      onError: (error) => reject(problemOf(error)),
      onSuccess: () => resolve(),
    });
    upload.start();
  });
}

function problemOf(error: Error | DetailedError): Problem {
  const response = 'originalResponse' in error ? error.originalResponse : null;
  if (response === null || response === undefined)
    return new Problem(0, {
      code: 'unreachable',
      zh: '上传中断，有网络时从断点继续。',
      en: 'The upload broke off; it goes on from there when there is a network.',
    });
  return new Problem(response.getStatus(), refusalIn(response.getBody(), response.getStatus()));
}

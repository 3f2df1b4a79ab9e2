import type { Multipart } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';

/** Largest file of one upload. */
const fileLimit = 20 * 1024 * 1024;

/** A form as it arrived: values by name, each as often as it was sent, and at most one file. */
export interface SentForm {
  all(name: string): string[];
  one(name: string): string | undefined;
  names: string[];
  file: { name: string; content: Buffer } | undefined;
}

/** Reads a form; every form of the hall is sent as multipart, with or without a file. */
export async function readForm(request: FastifyRequest): Promise<SentForm> {
  const values = new Map<string, string[]>();
  let file: SentForm['file'];
  const limits = { fileSize: fileLimit, files: 1, fields: 200, fieldSize: 20_000 };
  const parts: AsyncIterable<Multipart> = request.parts({ limits });
  for await (const part of parts)
    if (part.type === 'file') {
      const content = await part.toBuffer();
      if (part.filename !== '' && content.length > 0) file = { name: part.filename, content };
    } else values.set(part.fieldname, [...(values.get(part.fieldname) ?? []), String(part.value)]);
  const all = (name: string): string[] => values.get(name) ?? [];
  return { all, one: (name) => all(name)[0]?.trim() || undefined, names: [...values.keys()], file };
}

/** Whether a form was sent by a page of this very site: a form elsewhere cannot claim that. */
export function isFromHere(request: FastifyRequest, baseUrl: string): boolean {
  const site = request.headers['sec-fetch-site'];
  if (typeof site === 'string') return site === 'same-origin';
  const { origin, host } = request.headers;
  return origin !== undefined && (origin === baseUrl || origin.replace(/^https?:\/\//, '') === host);
}

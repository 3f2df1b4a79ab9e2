import type { Kernel } from '@hengjian/kernel';
import { z } from 'zod';

const payload = z.object({
  name: z.string(),
  format: z.enum(['csv', 'xlsx']),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** The uploaded file of a job, from the store. */
export async function storedFile(
  kernel: Kernel,
  told: Record<string, unknown>,
): Promise<{ content: Uint8Array; name: string; format: 'csv' | 'xlsx' }> {
  const { name, format, sha256 } = payload.parse(told);
  return { content: await kernel.files.get(sha256), name, format };
}

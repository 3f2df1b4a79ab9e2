import { createHash, randomBytes } from 'node:crypto';
import { canonicalJson } from '@hengjian/transparency';

/** What the log commits to: one salted digest per field, so that a field can be blotted out and the rest still verifies. */
export interface CommittedEvent {
  salts: Record<string, string>;
  leaf: Buffer;
  digests: Record<string, string>;
}

/**
 * Commits to an event's fields under fresh salts, in the format of `commitFields` of @hengjian/transparency (whose verifier
 * is what others use); written with the platform's native hash because it stands in the path of every action.
 */
export function commitEvent(fields: Record<string, unknown>): CommittedEvent {
  const names = Object.keys(fields);
  const random = randomBytes(32 * names.length);
  const salts: Record<string, string> = {};
  const digests: Record<string, string> = {};
  names.forEach((name, index) => {
    const salt = random.subarray(index * 32, index * 32 + 32);
    salts[name] = salt.toString('hex');
    digests[name] = createHash('sha256')
      .update('hengjian-field-v1\0')
      .update(salt)
      .update(canonicalJson([name, fields[name]]))
      .digest('hex');
  });
  const content = canonicalJson({ fields: digests, format: 'hengjian-salted-fields-v1', hash: 'sha256' });
  return { salts, leaf: createHash('sha256').update('\0').update(content).digest(), digests };
}

import { field } from '@hengjian/kernel';
import { z } from 'zod';

/** Inputs that several acts of an application share. */
export const Reasoned = z.strictObject({ reason: field.longText('理由', { en: 'Reasons', max: 4000 }) });

const secretAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** Ten characters that nobody guesses, from thirty-one that nobody confuses. */
export const secretFrom = (bytes: Uint8Array): string =>
  [...bytes.subarray(0, 10)].map((byte) => secretAlphabet[byte % secretAlphabet.length]).join('');

import type { PublicLicence } from '@hengjian/licensing';
import type { JWTPayload } from 'jose';
import { encodeStatusList, listLength } from './status-list.ts';

const context = ['https://www.w3.org/ns/credentials/v2'];
/** What a bit of each list means: ended for good, or not in force for the time being. */
export const purposes = ['revocation', 'suspension'] as const;
export type StatusPurpose = (typeof purposes)[number];
const passing = new Set(['suspended']);
const standing = new Set(['valid', 'annulling', 'withdrawing']);

export const statusListAddress = (baseUrl: string, purpose: StatusPurpose, index: number): string =>
  `${baseUrl}/api/public/licences/status/${purpose}/${Math.floor(index / listLength)}`;

const midnight = (day: string): string => `${day}T00:00:00+08:00`;
const lastMoment = (day: string): string => `${day}T23:59:59+08:00`;

/** What a local key signs says so in the credential itself. */
const mark = (demonstration: boolean) =>
  demonstration
    ? {
        termsOfUse: [
          {
            type: 'DemonstrationKey',
            description: '演示密钥签发，不具有法律效力 / Signed by a demonstration key, without legal force',
          },
        ],
      }
    : {};

/** The public part of a licence as W3C Verifiable Credential 2.0; a companion of the certificate and no licence itself. */
export function licenceCredential(licence: PublicLicence, baseUrl: string, demonstration: boolean): JWTPayload {
  return {
    '@context': context,
    type: ['VerifiableCredential'],
    id: `${baseUrl}/api/public/licences/${licence.licence}/credential`,
    issuer: { id: baseUrl, name: licence.office },
    validFrom: midnight(licence.validFrom),
    ...(licence.validUntil === null ? {} : { validUntil: lastMoment(licence.validUntil) }),
    credentialSubject: {
      id: `${baseUrl}/licences/${licence.licence}`,
      licenceNumber: licence.number,
      licenceKind: licence.kindName,
      holderName: licence.holder,
      ...(licence.holderCode === null ? {} : { unifiedSocialCreditCode: licence.holderCode }),
      scope: licence.productNames,
      ...(licence.address === null ? {} : { address: licence.address }),
      issuedOn: licence.issuedOn,
      commitment: licence.commitment,
    },
    credentialStatus: purposes.map((statusPurpose) => ({
      id: `${statusListAddress(baseUrl, statusPurpose, licence.statusIndex)}#${licence.statusIndex}`,
      type: 'BitstringStatusListEntry',
      statusPurpose,
      statusListIndex: String(licence.statusIndex % listLength),
      statusListCredential: statusListAddress(baseUrl, statusPurpose, licence.statusIndex),
    })),
    ...mark(demonstration),
  };
}

/** One status list as a credential; made of the standing of all licences at this moment. */
export function statusListCredential(
  statuses: readonly { index: number; status: string }[],
  purpose: StatusPurpose,
  list: number,
  now: Date,
  baseUrl: string,
  demonstration: boolean,
): JWTPayload {
  const raised = statuses.filter(({ index, status }) => {
    if (Math.floor(index / listLength) !== list) return false;
    return purpose === 'suspension' ? passing.has(status) : !standing.has(status) && !passing.has(status);
  });
  const id = statusListAddress(baseUrl, purpose, list * listLength);
  return {
    '@context': context,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    id,
    issuer: { id: baseUrl },
    validFrom: now.toISOString(),
    // A list that is kept longer than a day may be out of date.
    validUntil: new Date(now.getTime() + 86_400_000).toISOString(),
    credentialSubject: {
      id: `${id}#list`,
      type: 'BitstringStatusList',
      statusPurpose: purpose,
      encodedList: encodeStatusList(raised.map(({ index }) => index % listLength)),
    },
    ...mark(demonstration),
  };
}

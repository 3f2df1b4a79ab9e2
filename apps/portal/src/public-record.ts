import type { LogKey } from '@hengjian/transparency/verification';
import type { HallPort } from './hall/port.ts';
import type { Label } from './language.ts';
import type { VoicePort } from './voice/port.ts';

/** One entry of the public record. */
export interface PublicEntry {
  id: string;
  kind: string;
  title: Label;
  office: { code: string; zh: string; en: string };
  /** Six digits, GB/T 2260. */
  region: string;
  publishedAt: string;
  withdrawnAt: string | null;
  /** Why it was withdrawn or corrected. */
  reason: string | null;
  replaces: string | null;
  replacedBy: string | null;
}

export interface PublicEntryWithBody extends PublicEntry {
  /** Null when it was withdrawn without a successor. */
  body: unknown;
  /** The event of the log by which it was published. */
  event?: string;
  /** Position of that event in the log, once it is sealed. */
  sealed?: number | null;
}

interface RateLimits {
  lower: string;
  upper: string;
}
/** A pass rate of published batches: counts, both 95 % intervals as decimals, and what it may be taken for. */
export interface PublishedRate {
  passed: number;
  n: number;
  /** Null where no batch was tested. */
  rate: string | null;
  wilson: RateLimits | null;
  exact: RateLimits | null;
  representative: boolean;
  statement: Label;
}
export interface BulletinRate extends PublishedRate {
  entry: string;
  title: string;
  product: string;
  office: string;
  publishedOn: string;
  note: string | null;
  cities: (PublishedRate & { city: string; name: string })[];
}

export interface PublicQuery {
  kind?: string;
  q?: string;
  region?: string;
  /** Credit code of a firm that the entry is about. */
  subject?: string;
  /** Only what was published before this instant: the next page. */
  before?: string;
  limit: number;
}

/** What the portal reads. It has no way to anything that is not public. */
export interface PublicReader {
  /** Pass rates of the bulletins that stand, newest first. */
  rates(query: { product?: string; year?: string }): Promise<BulletinRate[]>;
  /** Newest first. */
  list(query: PublicQuery): Promise<PublicEntry[]>;
  /** @throws an error with `status` 404 when there is no such entry */
  entry(id: string): Promise<PublicEntryWithBody>;
  /** Public entries published by the same act that issued a paper with this SHA-256 (lower-case hexadecimal). */
  carrying?(sha256: string): Promise<PublicEntry[]>;
  /** The answer of a named query that is open to everybody. */
  ask?(query: string, input: Record<string, unknown>): Promise<unknown>;
  /** Whether a sampling sheet with this digest was recorded: by which authority, on which day (YYYY-MM-DD); nothing else of it is public. */
  sheet?(digest: string): Promise<SheetReceipt | undefined>;
}

export interface SheetReceipt {
  office: Label;
  recordedOn: string;
}

export interface LogHead {
  epoch: number;
  size: number;
  root: string;
  /** A signed note, see `signTreeHead` of @hengjian/transparency. */
  note: string;
}

/** The public log of hashes. */
export interface PublicLog {
  /** @throws an error with `status` 404 while the log is empty */
  head(): Promise<LogHead>;
  inclusion(leaf: number, size: number): Promise<{ leaf: number; size: number; hash: string; proof: string[] }>;
  consistency(from: number, to: number): Promise<{ from: number; to: number; proof: string[] }>;
  /** Under which name and key the heads are signed. */
  key?: LogKey;
}

export interface PortalOptions {
  reader: PublicReader;
  log: PublicLog;
  /** Address of the installation, without a slash at its end. */
  baseUrl: string;
  regionName(code: string): Label | undefined;
  /** Stands above every page, where nothing of the installation is real. */
  banner?: Label | null;
  /** The service hall; without it the portal only shows what is public. */
  hall?: HallPort;
  /** Complaints and reports; without it nobody can make one here. */
  voice?: VoicePort;
  /** Where the built scripts of the verifiers lie; by default `dist` of this package. */
  folder?: string;
}

/** Whether a reader's refusal means that there is no such thing. */
export function isAbsence(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'status' in error && error.status === 404;
}

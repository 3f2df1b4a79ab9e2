import type { FastifyRequest } from 'fastify';
import type { Label } from '../language.ts';

/** Who is signed in at the service hall. */
export interface HallVisitor {
  name: string;
  /** Firm or body for which he acts; null for an officer. */
  organisation: string | null;
  place: Label;
}

/** A refusal as the hall tells it. */
export interface HallRefusal {
  code: string;
  zh: string;
  en: string;
}

/** An act that an applicant takes. */
export interface HallAct {
  entity: string;
  action: string;
  record: string;
  input: Record<string, unknown>;
  documents?: { kind: string; upload: string }[];
}

/** What the service hall needs of the platform; everything it does is done under the visitor's own grant. */
export interface HallPort {
  /** Null when nobody is signed in. */
  who(request: FastifyRequest): Promise<HallVisitor | null>;
  /** A query under the visitor's claim, or in the public role for everybody. */
  ask<T>(request: FastifyRequest | null, query: string, input: Record<string, unknown>): Promise<T>;
  act(request: FastifyRequest, act: HallAct): Promise<{ record: string; created: string[] }>;
  upload(request: FastifyRequest, name: string, content: Buffer): Promise<string>;
  /** The refusal that an error is, or undefined for anything else. */
  refusalOf(error: unknown): HallRefusal | undefined;
}

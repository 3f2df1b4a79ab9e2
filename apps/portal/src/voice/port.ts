import type { HallRefusal } from '../hall/port.ts';
import type { Label } from '../language.ts';

export interface VoiceCategory extends Label {
  code: string;
  parent: string | null;
}
/** An authority to which a matter of its place goes. */
export interface VoicePlace {
  code: string;
  label: Label;
  within: Label | null;
}
export interface VoiceTaken {
  kind: 'complaint' | 'report';
  number: string | null;
  follow: { number: string; secret: string };
}
export interface VoiceFollowed {
  kind: 'complaint' | 'report';
  receivedOn: string;
  toldOn: string;
  text: string | null;
  state: string;
  stateName: Label;
  /** Still under way, so that it can be withdrawn. */
  open: boolean;
  office: Label | null;
}

/** What the portal needs so that anybody can complain, report and follow; nobody signs in. */
export interface VoicePort {
  categories(): Promise<VoiceCategory[]>;
  places(): VoicePlace[];
  lodge(values: Record<string, unknown>): Promise<VoiceTaken[]>;
  /** Null where number or secret is wrong. */
  follow(number: string, secret: string): Promise<VoiceFollowed | null>;
  withdraw(number: string, secret: string): Promise<void>;
  rate(number: string, secret: string, given: { stars: number; remark: string }): Promise<void>;
  /** The refusal that an error is with the fields it concerns, or undefined for anything else. */
  refusalOf(error: unknown): (HallRefusal & { places: string[] }) | undefined;
}

/** What was looked up, for the sentence of an {@link UnknownCodeError}. */
export interface Register {
  /** Stable machine code, for example `region-unknown`. */
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

/** Thrown by every `get…` of the reference data when the register holds no such code. */
export class UnknownCodeError extends Error {
  override readonly name = 'UnknownCodeError';
  readonly code: string;
  /** The code as the caller gave it. */
  readonly value: string;
  readonly zh: string;
  readonly en: string;

  constructor(register: Register, value: string) {
    const en = `There is no ${register.en} “${value}” in the reference data.`;
    super(`${register.code}: ${en}`);
    this.code = register.code;
    this.value = value;
    this.zh = `${register.zh}中没有“${value}”，请核对。`;
    this.en = en;
  }
}

/** One sentence in both languages of the platform. */
export interface Sentence {
  readonly zh: string;
  readonly en: string;
}

/**
 * What every refusal of this library throws. `code` is stable and may be tested for; `zh` and `en` are sentences that
 * an officer understands.
 */
export class TransparencyError extends Error {
  override readonly name = 'TransparencyError';
  readonly code: string;
  readonly zh: string;
  readonly en: string;

  constructor(code: string, sentence: Sentence) {
    super(sentence.en);
    this.code = code;
    this.zh = sentence.zh;
    this.en = sentence.en;
  }
}

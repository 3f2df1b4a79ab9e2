/// <reference lib="dom" />
/** Repeats a draw away from the page's own thread, so that a list of a hundred thousand does not freeze it. */
import type { DrawBundle } from '@hengjian/transparency';
import { type LogKey, verifyDraw } from '@hengjian/transparency/verification';

/** What the page hands over: the text of the file, and the keys of the public log where it has them. */
export interface DrawQuestion {
  readonly text: string;
  readonly logKeys: readonly LogKey[];
}

self.addEventListener('message', ({ data: { text, logKeys } }: MessageEvent<DrawQuestion>) => {
  let bundle: Partial<DrawBundle> | undefined;
  try {
    bundle = JSON.parse(text) as Partial<DrawBundle>;
  } catch {
    // What is no JSON is a file that is not well formed, which the verifier says in its first step
    bundle = undefined;
  }
  self.postMessage({ verdict: verifyDraw(bundle, { logKeys }), digest: bundle?.commitmentDigest });
});

/** Repeats a draw away from the page's own thread, so that a frame of a hundred thousand does not freeze it. */
import { type LogKey, verifyDraw } from '@hengjian/transparency/verification';

self.addEventListener('message', ({ data: { text, logKeys } }: MessageEvent<{ text: string; logKeys: LogKey[] }>) => {
  let bundle: unknown;
  try {
    bundle = JSON.parse(text);
  } catch {
    bundle = undefined;
  }
  self.postMessage(verifyDraw(bundle, { logKeys }));
});

/** Repeats a draw away from the page's own thread, so that a frame of a hundred thousand does not freeze it. */
import { verifyDraw } from '@hengjian/transparency/verification';

self.addEventListener('message', (event: MessageEvent<string>) => {
  let bundle: unknown;
  try {
    bundle = JSON.parse(event.data);
  } catch {
    bundle = undefined;
  }
  self.postMessage(verifyDraw(bundle));
});

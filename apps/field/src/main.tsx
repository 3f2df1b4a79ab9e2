import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../../console/src/kit/tokens.css';
import './style.css';
import { App } from './app.tsx';
import { sync } from './outbox/sync.ts';
import { readDay } from './store.ts';

if ('serviceWorker' in navigator && import.meta.env.PROD)
  addEventListener('load', () => void navigator.serviceWorker.register('/field/sw.js', { scope: '/field/' }));

/** Whenever there is a network again, or the app comes to the front, what waits goes out. */
async function syncWhenSignedIn(): Promise<void> {
  if (navigator.onLine && (await readDay()) !== undefined) await sync();
}
addEventListener('online', () => void syncWhenSignedIn());
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') void syncWhenSignedIn();
});
void syncWhenSignedIn();

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );

import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

declare const self: ServiceWorkerGlobalScope & {
  __FILES_TO_KEEP__: { url: string; revision: string | null }[];
};

// A new build waits until no window of the old one is open: a form that somebody fills in never changes under his hands.
precacheAndRoute(self.__FILES_TO_KEEP__);
cleanupOutdatedCaches();
// Every address of the app is the one page. What the server tells is never kept here: the app keeps it itself, and deletes it itself.
registerRoute(new NavigationRoute(createHandlerBoundToURL('/field/'), { allowlist: [/^\/field\//] }));

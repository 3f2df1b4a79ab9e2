import { complaintCategories } from '../../../../data/complaints/index.ts';
import { centroidRouter, type Router, type Suggestion } from './routing.ts';

let router: Router | undefined;

/** Classes that a text may belong to, from the seed words of each class; nothing where no word speaks for any. */
export function suggestCategories(text: string, most = 3): Suggestion[] {
  router ??= centroidRouter(
    complaintCategories().map(({ code, zh, seeds }) => ({ label: code, text: `${zh} ${seeds}` })),
  );
  return router
    .suggest(text)
    .filter(({ score }) => score > 0.02)
    .slice(0, most);
}

import { once, readJson } from '../read.ts';

/** Rules of electronic monitoring as their file holds them; the monitoring domain checks them when it is loaded. */
export const monitoringRules = once((): unknown => readJson(import.meta.dirname, 'rules.json'));
/** How a score is made of acts and cards. */
export const scoreFormula = once((): unknown => readJson(import.meta.dirname, 'score.json'));
/** The power list: which procedures are powers of the authority, and which of them everybody may read. */
export const powerItems = once((): unknown => readJson(import.meta.dirname, 'powers.json'));

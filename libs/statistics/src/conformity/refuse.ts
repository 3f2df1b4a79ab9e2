import { StatisticsError } from '../errors.ts';

/** Throws the library's typed error; the sentence is given in both languages so that a page can show it as it is. */
export function refuse(code: string, argument: string, clause: string, zh: string, en: string): never {
  throw new StatisticsError({ code, argument, clause, zh, en });
}

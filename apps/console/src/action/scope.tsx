import { createContext, useContext } from 'react';
import type { Scope } from './choosing.ts';

const Surroundings = createContext<Scope>({ entity: '', action: '', values: {}, known: {} });

/** What the fields of a form know of their form. */
export const FormScope = Surroundings.Provider;

export function useScope(): Scope {
  return useContext(Surroundings);
}

import { once, readJson } from '../read.ts';
import { UnknownCodeError } from '../unknown-code.ts';

/** A system, register, scheme or mechanism that the founding documents name. */
export interface CatalogueSystem {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly group: string;
  /** Folder of the domain that is to hold it. */
  readonly domain: string;
  /** `main`, then alternatives. */
  readonly workflow: readonly { readonly track: string; readonly steps: readonly string[] }[];
}

const REGISTER = { code: 'system-unknown', zh: '业务系统目录', en: 'system of the catalogue' };

const byId = once(
  () => new Map(readJson<CatalogueSystem[]>(import.meta.dirname, 'systems.json').map((system) => [system.id, system])),
);

/** All systems in the order of the catalogue. */
export const systems = (): readonly CatalogueSystem[] => [...byId().values()];

/** @throws UnknownCodeError `system-unknown` */
export function getSystem(id: string): CatalogueSystem {
  const system = byId().get(id);
  if (system === undefined) throw new UnknownCodeError(REGISTER, id);
  return system;
}

/** The steps of all tracks in order. A step that occurs again is told apart by its count: `report`, `report (2)`. */
export function stepsOf(system: CatalogueSystem): string[] {
  const seen = new Map<string, number>();
  return system.workflow
    .flatMap((track) => track.steps)
    .map((step) => {
      const times = (seen.get(step) ?? 0) + 1;
      seen.set(step, times);
      return times === 1 ? step : `${step} (${times})`;
    });
}

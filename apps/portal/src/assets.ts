import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of this package under an address that changes with its content. */
export interface Asset {
  readonly path: string;
  readonly type: string;
  readonly content: string;
}

/** The browser scripts that pages may ask for, by their file. */
export type ScriptName = 'check-report' | 'verify-draw' | 'verify-log' | 'workbench';

/** What pages link to. `script` gives the address of a built browser script, undefined when it has not been built. */
export interface Assets {
  readonly style: Asset;
  readonly workbenchStyle: Asset;
  readonly mark: Asset;
  script(name: ScriptName): string | undefined;
}

function asset(name: string, type: string): Asset {
  const content = readFileSync(new URL(name, import.meta.url), 'utf8');
  const [stem, extension] = name.split('.');
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12);
  return { path: `/portal/${stem}-${hash}.${extension}`, type, content };
}

/** Reads style sheet and mark, and the list of scripts that the build left in `folder`. */
export function readAssets(folder: string): Assets {
  const list = join(folder, 'manifest.json');
  const manifest = existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as Record<string, { file: string }>) : {};
  return {
    style: asset('portal.css', 'text/css; charset=utf-8'),
    workbenchStyle: asset('workbench.css', 'text/css; charset=utf-8'),
    mark: asset('mark.svg', 'image/svg+xml'),
    script(name) {
      const built = manifest[`src/browser/${name}.ts`];
      return built === undefined ? undefined : `/portal/${built.file}`;
    },
  };
}

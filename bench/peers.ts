import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * What other packages bring to a comparison. They live outside the workspace, in a folder of their own that is filled when
 * first needed, so that nothing the platform ships depends on them.
 *
 * @param bench name of the bench, and of its folder
 * @param versions package name → exact version
 * @param overrides packages that have to stand in for others
 * @returns package name → what it exports by default
 * @throws {Error} when the packages cannot be had; the caller says so in its result and goes on without.
 */
export async function loadPeers(
  bench: string,
  versions: Readonly<Record<string, string>>,
  overrides: Readonly<Record<string, string>> = {},
): Promise<Record<string, unknown>> {
  const folder = join(tmpdir(), `bench-${bench}-peers`);
  const names = Object.keys(versions);
  if (!names.every((name) => existsSync(join(folder, 'node_modules', name)))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module', overrides }));
    const wanted = names.map((name) => `${name}@${versions[name]}`);
    execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund', ...wanted], { cwd: folder, stdio: 'pipe' });
  }
  const { resolve } = createRequire(join(folder, 'package.json'));
  const loaded = names.map(async (name) => {
    const exports = (await import(pathToFileURL(resolve(name)).href)) as { default: unknown };
    return [name, exports.default] as const;
  });
  return Object.fromEntries(await Promise.all(loaded));
}

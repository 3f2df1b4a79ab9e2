import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migratedCluster } from '@hengjian/kernel/testing';
import { describeEntity, type EntityView, findDrift } from '@hengjian/reading';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApi } from './http/openapi.ts';
import { declareAll, migrationFolders, openPlatform, type Platform } from './platform.ts';

const register = declareAll();
const entities = [...register.lifecycles.values()].map((lifecycle) => describeEntity(register, lifecycle, null));

type FieldView = EntityView['fields'][number];
const everyField = (fields: readonly FieldView[]): FieldView[] =>
  fields.flatMap((field) => [field, ...everyField(field.item ?? [])]);

describe('what is declared', () => {
  it('is labelled in Chinese and English, down to the last choice of a form', () => {
    const labels: [string, { zh: string; en: string }][] = entities.flatMap((entity) => [
      [entity.name, entity.label],
      [`${entity.name} purpose`, entity.purpose],
      ...Object.entries(entity.states),
      ...Object.entries(entity.documents),
      ...entity.actions.map(({ name, label }): [string, { zh: string; en: string }] => [
        `${entity.name}.${name}`,
        label,
      ]),
      ...everyField([...entity.fields, ...entity.actions.flatMap(({ input }) => input)]).flatMap(
        (field): [string, { zh: string; en: string }][] => [
          [`${entity.name} ${field.name}`, field.label],
          ...(field.choices ?? []).map(({ value, label }): [string, { zh: string; en: string }] => [
            `${entity.name} ${field.name}=${value}`,
            label,
          ]),
        ],
      ),
    ]);
    expect(labels.length).toBeGreaterThan(500);
    expect(
      labels
        .filter(([, { zh, en }]) => zh.trim() === '' || en.trim() === '' || /[\u4e00-\u9fff]/.test(en))
        .map(([place]) => place),
    ).toEqual([]);
  });

  it('names the clause of every action', () => {
    expect(
      entities.flatMap(({ name, actions }) =>
        actions.filter(({ basis }) => basis.trim() === '').map((action) => `${name}.${action.name}`),
      ),
    ).toEqual([]);
  });

  it('never makes a personal field public', () => {
    const fields = entities.flatMap(({ name, fields: own }) =>
      everyField(own).map((field) => ({ place: `${name}.${field.name}`, ...field })),
    );
    expect(fields.filter(({ personal }) => personal !== undefined).length).toBeGreaterThan(3);
    expect(fields.filter((field) => field.personal !== undefined && field.public).map(({ place }) => place)).toEqual(
      [],
    );
  });

  it('is described as OpenAPI, without what only machines do', () => {
    const { paths } = openApi(register) as { paths: Record<string, unknown> };
    expect(paths['/api/actions/sampling.plan/draft']).toBeDefined();
    expect(paths['/api/actions/kernel.approval/submit']).toBeUndefined();
  });
});

describe('the database', () => {
  let platform: Platform;
  const folder = mkdtempSync(join(tmpdir(), 'hengjian-drift-'));
  beforeAll(async () => {
    platform = await openPlatform({ folder, template: await migratedCluster(migrationFolders) });
  });
  afterAll(async () => {
    await platform.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('agrees with the declarations, and every table is under forced row security', async () => {
    expect(await findDrift(platform.register, platform.database)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import type { FieldView } from '../api.ts';
import { choosingOf, declaredPath, filledBeside, regionPrefix, type Scope, startingValue } from './choosing.ts';

function field(name: string, type: FieldView['type'], required = true): FieldView {
  return { name, type, label: { zh: name, en: name }, public: false, required };
}
const scope = (entity: string, action: string, more: Partial<Scope> = {}): Scope => ({
  entity,
  action,
  values: {},
  known: {},
  ...more,
});

describe('what a field is chosen from', () => {
  it('offers samplers alone for the pool of a draw, and test experts first for a review', () => {
    const person = field('person', 'identifier');
    const pool = choosingOf(person, 'samplers.3.person', scope('sampling.draw', 'commit'));
    expect(pool).toEqual({ from: 'people', roles: ['sampler'] });
    const experts = choosingOf(person, 'experts.0.person', scope('sampling.rules', 'draft'));
    expect(experts).toEqual({ from: 'people', prefer: ['test-expert'] });
  });

  it('offers the post that the sheet waits for when it is passed on, and the post asked for when it is countersigned', () => {
    const known = { steps: [{ role: 'section-chief' }, { role: 'bureau-head' }], step: 1 };
    const person = field('person', 'identifier');
    expect(choosingOf(person, 'person', scope('kernel.approval', 'transfer', { known }))).toEqual({
      from: 'people',
      prefer: ['bureau-head'],
    });
    const values = { role: 'auditor' };
    expect(choosingOf(person, 'person', scope('kernel.approval', 'countersign', { values }))).toEqual({
      from: 'people',
      roles: ['auditor'],
    });
  });

  it('never leaves an identifier, a reference or a region to be typed', () => {
    const anywhere = scope('trial.visit', 'plan');
    for (const type of ['identifier', 'reference', 'region'] as const)
      expect(choosingOf(field('anything', type), 'anything', anywhere), type).toBeDefined();
    expect(choosingOf(field('opinion', 'long-text'), 'opinion', anywhere)).toBeUndefined();
  });

  it('asks for no name where a choice brings it along, but lets a firm that is in no register have one', () => {
    const pool = [field('person', 'identifier'), field('name', 'text'), field('organisationName', 'text')];
    expect(filledBeside(pool, 'samplers.', scope('sampling.draw', 'commit'))).toContain('name');
    expect(filledBeside(pool, 'samplers.', scope('sampling.draw', 'commit'))).toContain('organisationName');
    const appointment = [field('person', 'identifier'), field('organisation', 'identifier', false)];
    expect(filledBeside(appointment, '', scope('kernel.grant', 'appoint'))).not.toContain('organisation');
    const firm = [field('id', 'identifier', false), field('name', 'text')];
    expect([...filledBeside(firm, 'firm.', scope('sampling.outside-failure', 'register'))]).toEqual([]);
  });

  it('keeps regions as the prefixes that find all below them, and rows by their declared path', () => {
    expect(['430000', '430100', '430102', '430102001'].map(regionPrefix)).toEqual([
      '43',
      '4301',
      '430102',
      '430102001',
    ]);
    expect(declaredPath('strata.12.regions')).toBe('strata.regions');
    const known = { product: 'P105' };
    expect(startingValue('labs.0.products', scope('sampling.draw', 'commit', { known }))).toEqual(['P105']);
  });
});

import { describe, expect, it } from 'vitest';
import { faults, parametersOf, questionOf, readQuestion, writeQuestion } from './design.ts';

const ask = (text: string) => readQuestion(new URLSearchParams(text));

describe('the question about a plan', () => {
  it('asks for the OC curve of a fixed n and for nothing else', () => {
    expect(parametersOf(ask('n=8&c=0&aql=2.5&level=II'))).toEqual({ basis: 'fixed', n: '8', c: '0' });
  });

  it('derives n from lot, level and AQL without ever sending an n along', () => {
    expect(parametersOf(ask('basis=aql&n=8'))).toEqual({ basis: 'aql', lot: '500', level: 'II', aql: '2.5' });
  });

  it('takes coverage and cost along, whatever the basis', () => {
    expect(parametersOf(ask('basis=risk&population=320&visitCost=300'))).toEqual({
      basis: 'risk',
      acceptable: '1',
      limiting: '10',
      population: '320',
      visitCost: '300',
    });
  });

  it('comes back from its address', () => {
    const question = ask('basis=aql&lot=1200&aql=4.0');
    expect(readQuestion(new URLSearchParams(writeQuestion(question)))).toEqual(question);
  });

  it('is read from the scheme that it belongs to', () => {
    const question = questionOf({
      designBasis: 'fixed',
      sampleSize: 6,
      acceptance: 0,
      lotSize: null,
      unitPrice: '48.50',
    });
    expect(parametersOf(question)).toEqual({ basis: 'fixed', n: '6', c: '0', unitPrice: '48.50' });
  });

  it('refuses what cannot be', () => {
    expect(faults(ask('n=8&c=8'))).toEqual(['c']);
    expect(faults(ask('n=0&c=0'))).toEqual(['n', 'c']);
    expect(faults(ask('n=80&c=1&lot=50'))).toEqual(['n']);
    expect(faults(ask('basis=aql&lot=1'))).toEqual(['lot']);
    expect(faults(ask('basis=risk&acceptable=10&limiting=1'))).toEqual(['limiting']);
    expect(faults(ask('n=8&c=0&unitPrice=abc'))).toEqual(['unitPrice']);
    expect(faults(ask('n=8&c=0'))).toEqual([]);
  });
});

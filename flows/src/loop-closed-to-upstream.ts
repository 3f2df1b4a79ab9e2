import { flow } from '@hengjian/kernel';

/** A loop closed below → the authority that passed it on verifies before it closes its own. */
export const loopClosedToUpstream = flow({
  name: 'loop-closed-to-upstream',
  on: ['close', 'closeRevoked', 'closeCeased', 'disposeFood', 'verify'].map((action) => ({
    entity: 'handling.loop',
    action,
  })),
  sends: [{ entity: 'handling.loop', action: 'hearOfClosure' }],
  owner: 'result-handler',
  decide: async ({ record }, sql) => {
    const [loop] = await sql.query<{ upstream: string | null }>('select upstream from handling.loop where id = $1', [
      record,
    ]);
    if (!loop?.upstream) return [];
    return [{ entity: 'handling.loop', action: 'hearOfClosure', record: loop.upstream, input: {} }];
  },
});

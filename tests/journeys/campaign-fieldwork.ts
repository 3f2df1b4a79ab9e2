import { expect } from 'vitest';
import { later } from '../../apps/server/src/demonstration/office-work.ts';
import {
  bundle,
  cast,
  coverage,
  everybody,
  failedSteps,
  firstLab,
  forward,
  items,
  made,
  ofDraw,
  receipt,
  results,
  retestLab,
  sample,
  samplerOf,
  step,
  story,
  supervision,
  type Task,
  takePost,
} from './campaign-stage.ts';
import { approve, pageOf, rowsOf, until } from './cast.ts';
import { signIn, type Visitor } from './visitor.ts';

/** From the first visit to the withdrawn bulletin. */
export function visitAndPublish(): void {
  step('calls the next reserve by its order when a firm has stopped, whoever would rather have another', async () => {
    const reservesOf = (stratum: string): Task[] =>
      story.tasks
        .filter(({ state, fields }) => state === 'reserved' && fields.stratum === stratum)
        .sort((one, other) => one.fields.sequence - other.fields.sequence);
    const stopped = story.tasks.find(
      ({ state, fields }) => state === 'assigned' && reservesOf(fields.stratum).length >= 2,
    );
    const reserves = reservesOf(stopped!.fields.stratum);
    const sampler = await samplerOf(stopped!);
    await sampler.act(
      'sampling.task',
      'notSampled',
      { unsampledReason: 'stopped', unsampledNote: '厂区停产，设备已拆除。' },
      stopped!.id,
      ['evidence'],
    );
    story.tasks = await until(async () => {
      const found = await ofDraw();
      return found.filter(({ state }) => state === 'assigned').length === 5 ? found : undefined;
    });
    const states = new Map(story.tasks.map(({ id, state }) => [id, state]));
    expect(reserves.map(({ id }) => states.get(id))).toEqual(['assigned', ...reserves.slice(1).map(() => 'reserved')]);
  });

  step('takes two sealed samples of every firm, and again where the laboratory refused one', async () => {
    const receiver = 'laboratory-receiver.laboratory-03';
    for (const [index, task] of visited().entries()) {
      const sampler = await samplerOf(task);
      await sampler.act('sampling.task', 'sample', sample(task, index), task.id, ['photos']);
      await sampler.act('sampling.task', 'deliver', { carriage: 'carried', sentOn: story.today }, task.id);
      const custodian = await cast.account(receiver);
      if (index === 0) {
        const broken = await custodian.refused(
          'sampling.task',
          'receive',
          { ...receipt(), sealIntact: false },
          task.id,
        );
        expect(broken.status).toBe(422);
        await custodian.act('sampling.task', 'refuseSample', { refusedReason: '封条破损。' }, task.id, [
          'receiptPhotos',
        ]);
        expect((await pageOf(story.planner, task.id)).state).toBe('assigned');
        await sampler.act('sampling.task', 'sample', sample(task, index), task.id, ['photos']);
        await sampler.act('sampling.task', 'deliver', { carriage: 'carried', sentOn: story.today }, task.id);
      }
      const taken = await custodian.act('sampling.task', 'receive', receipt(), task.id, ['receiptPhotos']);
      expect(taken.record.state).toBe('received');
    }
    coverage.step(supervision, 'sample taken');
    coverage.step('sampling-testing-separation', 'drawn and sealed');
  });

  const visited = (): Task[] =>
    story.tasks.filter(({ state, fields }) => state === 'assigned' || (fields.draw !== '' && visits.has(state)));
  const visits = new Set(['sampled', 'received', 'tested', 'reported', 'notified', 'disputed', 'concluded']);

  step('lets nobody test or sign what he sampled, even with a post in the laboratory', async () => {
    const [first] = visited();
    const sampler = await samplerOf(first!);
    expect((await sampler.refused('sampling.task', 'report', { reportNumber: 'X-1' }, first!.id)).status).toBe(403);
    const administrator = await cast.officer('System administrator');
    await administrator.act('kernel.grant', 'appoint', {
      person: sampler.person.id,
      role: 'laboratory-tester',
      validFrom: story.today,
      organisation: firstLab.id,
      organisationName: firstLab.name,
    });
    await takePost(sampler, 'laboratory-tester');
    const barred = await sampler.refused('sampling.task', 'enterResults', { results: results(false) }, first!.id);
    expect(barred).toMatchObject({ status: 403, code: 'separation' });
    const tester = await cast.account('laboratory-tester.laboratory-03');
    for (const [index, task] of visited().entries()) {
      const entered = await tester.act('sampling.task', 'enterResults', { results: results(index < 2) }, task.id);
      expect(entered.record.state).toBe('tested');
    }
    coverage.step('test-item-joint-review', 'used by the laboratory');
    const signatory = await cast.account('laboratory-signatory.laboratory-03');
    for (const [index, task] of visited().entries())
      await signatory.act('sampling.task', 'report', { reportNumber: `DZ-P301-${index + 1}` }, task.id);
    story.tasks = await ofDraw();
    const conclusions = visited().map(({ fields }) => fields.conclusion);
    expect(conclusions.filter((conclusion) => conclusion === 'fails')).toHaveLength(2);
  });

  const failing = (): Task[] => visited().filter(({ fields }) => fields.conclusion === 'fails');

  step('tells every firm in writing', async () => {
    for (const task of visited()) await story.organiser.act('sampling.task', 'notify', {}, task.id);
    const notices = await until(async () => {
      const found = (await rowsOf(story.organiser, 'entity=sampling.notice&state=prepared')).filter(({ subject }) =>
        visited().some(({ fields }) => fields.enterprise === subject?.id),
      );
      return found.length === visited().length ? found : undefined;
    });
    for (const { id } of notices) {
      await story.organiser.act(
        'sampling.notice',
        'serve',
        { way: 'direct', servedOn: story.today, receivedBy: '陈经办' },
        id,
        ['receipt'],
      );
      noticeOf.set((await pageOf(story.organiser, id)).fields.task as string, id);
    }
    expect(noticeOf.size).toBe(5);
    coverage.step(supervision, 'firm told');
  });
  const noticeOf = new Map<string, string>();

  step('has an objection retested by another laboratory than the first', async () => {
    const [disputed] = failing();
    const agent = await signIn('Enterprise agent');
    const administrator = await cast.officer('System administrator');
    await administrator.act('kernel.grant', 'appoint', {
      person: agent.person.id,
      role: 'enterprise-agent',
      validFrom: story.today,
      organisation: disputed!.fields.enterprise,
      organisationName: disputed!.fields.enterpriseName,
    });
    await takePost(agent, 'enterprise-agent', disputed!.fields.enterpriseName);
    const asked = { kind: 'retest', reasons: '本厂自检合格。', contested: [items[0]!.item] };
    const { created } = await agent.act('sampling.notice', 'object', asked, noticeOf.get(disputed!.id), [
      'application',
    ]);
    const objection =
      created.find(({ entity }) => entity === 'sampling.objection')?.id ??
      (await rowsOf(story.organiser, `entity=sampling.objection&subject=${disputed!.fields.enterprise}`))[0]!.id;
    const take = (who: Visitor, action: string, input: Record<string, unknown> = {}, papers: string[] = []) =>
      who.act('sampling.objection', action, input, objection, papers);
    await take(story.organiser, 'study');
    await take(story.organiser, 'notifyRetest', { noticeReceivedOn: story.today });
    await take(
      story.organiser,
      'completeFormalities',
      { formalitiesOn: story.today, retestFee: '900', feePaidOn: story.today },
      ['feeReceipt'],
    );
    const again = { retestLab: { id: firstLab.id, name: firstLab.name }, retestDueOn: later(story.today, 20) };
    expect(await story.organiser.refused('sampling.objection', 'designateLab', again, objection)).toMatchObject({
      code: 'same-laboratory',
    });
    await take(story.organiser, 'designateLab', { ...again, retestLab: { id: retestLab.id, name: retestLab.name } });
    await take(
      await cast.account('laboratory-receiver.laboratory-10'),
      'receiveSpare',
      { sealIntact: true, matchesSheet: true, spareState: '完好' },
      ['sparePhotos'],
    );
    const retested = results(true).slice(0, 1);
    await take(await cast.account('laboratory-tester.laboratory-10'), 'enterRetest', { results: retested });
    await take(await cast.account('laboratory-signatory.laboratory-10'), 'concludeRetest', { retestReport: 'FJ-1' });
    expect((await pageOf(story.organiser, objection)).fields).toMatchObject({
      outcome: 'stands',
      feeBearer: 'applicant',
      retestConclusion: 'fails',
    });
    await take(story.organiser, 'tell', { toldOn: story.today, toldHow: '直接送达' });
    coverage.step(supervision, 'retest concluded');
  });

  step('comes into force when fifteen days have passed, and opens what follows from a failure', async () => {
    await forward(20);
    story.tasks = await until(async () => {
      const found = await ofDraw();
      return found.filter(({ state }) => state === 'concluded').length === 5 ? found : undefined;
    });
    coverage.step(supervision, 'conclusion in force');
    for (const { fields } of failing()) {
      const kinds = await until(async () => {
        const rows = await rowsOf(story.organiser, `entity=sampling.follow-up&subject=${fields.enterprise}`);
        return rows.length > 0 ? rows : undefined;
      });
      expect(kinds.length).toBeGreaterThan(0);
    }
    coverage.step(supervision, 'follow-ups opened');
    const [{ fields }] = failing() as [Task];
    const { body } = await story.organiser.get<{ records: { entity: string; rows: unknown[] }[] }>(
      `/api/queries/subjects.archive?enterprise=${fields.enterprise}`,
    );
    expect(body.records.map(({ entity }) => entity)).toContain('sampling.task');
    coverage.step('enterprise-quality-archive', 'events appended');
  });

  step('opens the names of the draw, which prove to be those committed to', async () => {
    const { state } = await pageOf(story.planner, made.draw);
    if (state === 'drawn') await story.planner.act('sampling.draw', 'open', {}, made.draw);
    const opened = await bundle();
    expect(failedSteps(opened)).toEqual([]);
    const text = JSON.stringify(opened);
    for (const { fields } of visited()) expect(text).toContain(fields.enterpriseName);
    for (const { fields } of story.tasks.filter(({ state: now }) => now === 'released'))
      expect(text).not.toContain(fields.enterpriseName);
  });

  step('ends in a bulletin with as many rows as it counts, which can be corrected and withdrawn', async () => {
    const { record } = await story.organiser.act('sampling.bulletin', 'draft', {
      scheme: made.scheme,
      name: '电线电缆监督抽查结果公告',
    });
    made.bulletin = record.id;
    expect(await approve(cast, story.organiser, 'sampling.bulletin', 'publish', record.id)).toEqual([
      'submitted',
      'signed',
    ]);
    const first = await entryOf();
    const { counts, passing, failing: failures } = first.body!;
    expect(counts).toMatchObject({ tasks: 6, conforming: 3, failing: 2, notSampled: 1, open: 0 });
    expect([passing.length, failures.length]).toEqual([3, 2]);
    coverage.step(supervision, 'bulletin published');
    const [failed] = failing();
    const firm = await everybody.get(`/enterprises/${failed!.fields.enterpriseCode}`);
    expect(firm.status).toBe(200);
    expect(firm.text).toContain('电线电缆监督抽查结果公告');
    await approve(cast, story.organiser, 'sampling.bulletin', 'correct', record.id, {
      reason: '补充抽查概况。',
      summary: '本次抽查5批次。',
    });
    const second = await entryOf();
    expect(second.id).not.toBe(first.id);
    expect((await everybody.get<Entry>(`/api/public/records/${first.id}`)).body).toMatchObject({
      replacedBy: second.id,
      reason: '补充抽查概况。',
    });
    await approve(cast, story.organiser, 'sampling.bulletin', 'withdraw', record.id, { reason: '演示撤回。' });
    const gone = (await everybody.get<Entry>(`/api/public/records/${second.id}`)).body;
    expect(gone).toMatchObject({ body: null, reason: '演示撤回。', withdrawnAt: expect.any(String) });
    expect((await everybody.get(`/records/${second.id}`)).text).toContain('演示撤回');
  });

  interface Entry {
    id: string;
    body: { counts: Record<string, number>; passing: unknown[]; failing: unknown[] } | null;
  }
  const entryOf = async (): Promise<Entry> => {
    const { entry } = (await pageOf(story.organiser, made.bulletin)).fields;
    return (await everybody.get<Entry>(`/api/public/records/${entry as string}`)).body;
  };
}

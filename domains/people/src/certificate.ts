import { type Act, type Refusal, refuse } from '@hengjian/kernel';

/**
 * An enforcement certificate that ended stops whoever acts under it on site (行政执法证). A certificate that was never entered does not
 * stop: which posts need one is practice, so it is shown to those who keep the posts instead (`people.presence`).
 */
export async function refuseExpiredCertificate(act: Act): Promise<true | Refusal> {
  if (act.actor.grant === null) return true;
  const [grant] = await act.sql.query<{ until: string | null }>(
    'select certificate_until as until from kernel.grant where id = $1',
    [act.actor.grant],
  );
  return (
    !grant?.until ||
    grant.until >= act.occurredOn ||
    refuse(
      'certificate-expired',
      `您的执法证已于 ${grant.until} 到期，不能现场执法。`,
      `Your enforcement certificate ended on ${grant.until}; you may not act on site.`,
    )
  );
}

import { findStanding, mayTest } from '@hengjian/institutions';
import { type Act, field, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { type SampleRow, Subcontract } from './entity.ts';

export const Subcontracting = z.strictObject({
  subcontracts: field.list('分包项目', Subcontract, { en: 'Subcontracted items', max: 100 }),
});
type Subcontracting = z.infer<typeof Subcontracting>;

/**
 * Items go to a body that is able to test them, with the consent of whoever entrusted the sample, given before (order 39 art. 11; order 18
 * art. 14(2)(2) and the food order for supervision). The consent is the paper that the action needs.
 */
export async function checkSubcontracting(
  row: SampleRow,
  { subcontracts }: Subcontracting,
  act: Act,
): Promise<true | Refusal> {
  if (subcontracts.length === 0)
    return refuse('no-items', '没有分包项目。', 'There is no item to subcontract.', 'subcontracts');
  for (const [index, { item, organisation, name }] of subcontracts.entries()) {
    const asked = row.items.find((one) => one.item === item);
    const path = `subcontracts.${index}.item`;
    if (asked === undefined)
      return refuse('parameter-not-asked', `样品没有要求检验“${item}”。`, `Nobody asked for ${item}.`, path);
    if (organisation === row.organisation)
      return refuse('own-body', '不能分包给本机构。', 'A body does not subcontract to itself.', path);
    const standing = await findStanding(act.sql, organisation, [item]);
    const { assign } = mayTest({ kinds: [row.kind], parameter: item, method: asked.method }, standing, act.occurredOn);
    if (assign !== true) return { ...assign, path };
    if (standing!.name !== name)
      return refuse(
        'body-named-otherwise',
        `名录中这家机构的名称是“${standing!.name}”。`,
        `The register calls this body ${standing!.name}.`,
        `subcontracts.${index}.name`,
      );
  }
  return true;
}

/** Who stands for an item when the report is signed: the body it was given to, or the laboratory itself. */
export const standsFor = (row: SampleRow, item: string): string =>
  row.subcontracts?.find((one) => one.item === item)?.organisation ?? row.organisation;

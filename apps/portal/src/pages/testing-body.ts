import { z } from 'zod';
import { list, text } from '../bodies/reading.ts';
import { address, chinese, type View } from '../language.ts';
import { html, type Markup } from '../markup.ts';
import { facts, paged, section, table } from '../pieces.ts';

const Body = z.object({
  name: z.string(),
  address: text,
  certificateNumber: text,
  validUntil: text,
  issuedBy: text,
  asOf: text,
  lines: list(
    z.object({
      kind: z.string(),
      kindName: text,
      parameter: z.string(),
      method: z.string(),
      quantification: text,
      quantificationUnit: text,
      price: text,
      days: z.number().nullish(),
    }),
  ),
});

/** Lines of scope on one page. */
const shown = 60;

/** A testing body with its certificate and scope (order 163 art. 22); undefined when the body is of another shape. */
export function testingBody(view: View, body: unknown): Markup | undefined {
  const { say } = view;
  const read = Body.safeParse(body);
  if (!read.success) return undefined;
  const { lines, ...of } = read.data;
  const { page, pager } = paged(view, lines, shown, view.query.page, (to) => address(view.path, { page: to }));
  const title = say('能力范围', 'Accredited scope');
  return html`${facts([
    [say('资质认定证书', 'CMA certificate'), of.certificateNumber],
    [say('有效期至', 'Valid until'), of.validUntil],
    [say('发证机关', 'Issued by'), of.issuedBy && chinese(view, of.issuedBy)],
    [say('检验场所', 'Place of testing'), of.address && chinese(view, of.address)],
    [say('能力截至', 'Scope as of'), of.asOf],
  ])}${section(
    'scope',
    title,
    table(
      title,
      [
        { name: say('类别', 'Kind') },
        { name: say('项目', 'Item'), wide: true },
        { name: say('方法', 'Method'), wide: true },
        { name: say('定量限', 'Limit of quantification') },
        { name: say('价格（元）', 'Price, yuan'), numeric: true },
        { name: say('周期（天）', 'Days'), numeric: true },
      ],
      page.map((line) => [
        chinese(view, line.kindName ?? line.kind),
        chinese(view, line.parameter),
        chinese(view, line.method),
        line.quantification &&
          `${line.quantification} ${line.quantificationUnit === '1' ? '' : line.quantificationUnit}`,
        line.price,
        line.days,
      ]),
    ),
    pager,
  )}`;
}

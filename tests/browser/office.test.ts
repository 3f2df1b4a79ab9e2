import { afterAll, describe, it } from 'vitest';
import { openOffice } from './desk.ts';

const office = openOffice();
afterAll(() => office.close());

describe('around the records: duty, outbox, letters, files', { sequential: true, timeout: 180_000 }, () => {
  it('shows the week, who is away, whose certificate ends', async () => {
    const chief = await office.at({ role: '处（科）长', place: '湖南省市场监督管理局' });
    await chief.visit('/console/presence');
    await chief.page.getByRole('heading', { name: '值班与在岗' }).waitFor();
    await chief.page.getByText('带班').first().waitFor();
    await chief.examine('presence');
  });

  it('shows what was not sent first, and says that a message is no service', async () => {
    const chief = await office.at({ role: '处（科）长', place: '湖南省市场监督管理局' });
    await chief.visit('/console/outbox');
    await chief.page.getByText('消息是提醒，不是送达').first().waitFor();
    await chief.examine('outbox');
  });

  it('offers letters on a record, and makes a file of what is done', async () => {
    const chief = await office.at({ role: '处（科）长', place: '湖南省市场监督管理局' });
    await chief.visit('/console/list/correspondence.letter');
    await chief.page
      .getByRole('link', { name: /质量分析会通知/ })
      .first()
      .click();
    await chief.page
      .getByRole('button', { name: '登记召开情况' })
      .or(chief.page.getByRole('link', { name: '登记召开情况' }))
      .first()
      .waitFor();
    await chief.examine('letter');
  });
});

import { describe, expect, it } from 'vitest';
import { suggestCategories } from './analysis/categories.ts';
import { likePairs } from './analysis/duplicates.ts';
import { centroidRouter, linearRouter } from './analysis/routing.ts';
import { topicsOf } from './analysis/topics.ts';
import { periodBefore, periodOf } from './digest/compile.ts';
import { rewardOf } from './reward/rules.ts';
import { openIdentity, openText, sealIdentity, sealText, tagOf, withoutIdentity } from './vault/envelope.ts';
import { fingerprintOf, followFor } from './vault/follow.ts';
import { freshKeyring, readKeyring } from './vault/keyring.ts';

const keys = readKeyring(freshKeyring());
const person = { name: '欧阳植树', phone: '138 7765 4321', address: '芙蓉区试验路9号' };

describe('封存的身份', () => {
  it('同一件事再封一次相同，换一件事就不同；改动一个字节打不开', () => {
    const envelope = sealIdentity(keys, person, 'one');
    expect(sealIdentity(keys, person, 'one')).toBe(envelope);
    expect(sealIdentity(keys, person, 'two')).not.toBe(envelope);
    expect(openIdentity(keys, envelope)).toEqual(person);
    const at = envelope.length - 5;
    const broken = `${envelope.slice(0, at)}${envelope[at] === 'A' ? 'B' : 'A'}${envelope.slice(at + 1)}`;
    expect(() => openIdentity(keys, broken)).toThrow();
    expect(() => openIdentity(readKeyring(freshKeyring()), envelope)).toThrow();
    expect(openText(keys, sealText(keys, '草稿', 'x'))).toBe('草稿');
  });

  it('电话怎么写都是同一人；没有钥匙算不出标记', () => {
    expect(tagOf(keys, { phone: '+86 13877654321' })).toBe(tagOf(keys, person));
    expect(tagOf(readKeyring(freshKeyring()), person)).not.toBe(tagOf(keys, person));
  });

  it('本人写进正文的姓名和电话也封存，商家的电话留着', () => {
    const told = withoutIdentity('我叫欧阳植树，电话138-7765-4321，店家电话13900001111。', person);
    expect(told).toBe('我叫〔已封存〕，电话〔已封存〕，店家电话13900001111。');
  });

  it('编号和密码由同一操作得出，密码不分大小写和易混字母', () => {
    const follow = followFor(keys, 'command');
    expect(follow).toEqual(followFor(keys, 'command'));
    expect(follow.number).toMatch(/^\d{12}$/);
    expect(follow.secret).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/);
    const typed = ` ${follow.secret.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l')} `;
    expect(fingerprintOf(follow.number, typed)).toBe(follow.fingerprint);
  });

  it('钥匙文件不对就说哪里不对，不说钥匙', () => {
    expect(() => readKeyring('{"current":"k9","keys":{},"tag":"x"}')).toThrow(/tag/);
    expect(() => readKeyring('?')).toThrow(/JSON/);
  });
});

describe('举报奖励', () => {
  it.each([
    ['1', '200000', '0', '10000.00', 'rate', false],
    ['1', '20000', '0', '5000.00', 'floor', false],
    ['2', '100000', '0.17', '3000.01', 'rate', false],
    ['2', '0', '0', '3000.00', 'floor', false],
    ['3', '33333.33', '0', '1000.00', 'floor', false],
    ['1', '10000000', '0', '500000.00', 'rate', true],
    ['1', '30000000', '1', '1000000.00', 'cap', true],
  ] as const)('%s 级，罚款 %s、没收 %s：%s 元（%s）', (level, fined, confiscated, amount, bound, finance) => {
    expect(rewardOf(level, { fined, confiscated })).toMatchObject({ amount, bound, finance });
  });
});

describe('分析', () => {
  it('按种子词建议类别，并说明凭哪些词；没有词支持就不建议', () => {
    const [first] = suggestCategories('电梯困人，物业说维保单位没有年检');
    expect(first).toMatchObject({ label: 'equipment' });
    expect(first!.because).toContain('电梯');
    expect(suggestCategories('啊啊啊')).toEqual([]);
  });

  it('线性模型和中心法都认得出训练过的类别', () => {
    const examples = [
      { label: '电器', text: '空调不制冷，压缩机坏了' },
      { label: '电器', text: '冰箱漏电，售后不维修' },
      { label: '食品', text: '面包发霉，保质期已过' },
      { label: '食品', text: '牛奶变质有异味，生产日期涂改' },
    ];
    for (const router of [centroidRouter(examples), linearRouter(examples)]) {
      expect(router.suggest('买的面包过了保质期')[0]!.label).toBe('食品');
      expect(router.suggest('新冰箱制冷压缩机不工作')[0]!.label).toBe('电器');
    }
  });

  it('改写过的同一件事能找出来并说明理由，不同的事不算', () => {
    const text = '五一大道的试验电器店卖给我的电饭锅使用两天就漏电，商家拒绝退货退款，态度恶劣。';
    const pairs = likePairs([
      { id: 'a', text },
      { id: 'b', text: `您好！${text.replace('态度恶劣', '请帮助')}已经多次联系商家。` },
      { id: 'c', text: '小区门口的超市卖的牛奶过期了，喝了拉肚子，要求赔偿。' },
    ]);
    expect(pairs.map(({ one, other }) => [one, other])).toEqual([['a', 'b']]);
    expect(pairs[0]!.because).toContain('电器店');
  });

  it('热点：说同一件事的聚在一起', () => {
    const told = (id: string, text: string, subject: string) => ({
      id,
      text,
      subject,
      on: '2026-05-06',
      product: null,
      region: '430102',
    });
    const topics = topicsOf([
      told('1', '健身房关门跑路，预付卡充值不退', '乐动健身'),
      told('2', '健身房突然关门，会员卡余额不退款', '乐动健身'),
      told('3', '健身房跑路了，预付卡退费找不到人', '乐动健身'),
      told('4', '牛奶过期变质', '小区超市'),
    ]);
    expect(topics).toHaveLength(1);
    expect(topics[0]).toMatchObject({ count: 3, subjects: ['乐动健身'] });
    expect(topics[0]!.words).toContain('健身房');
  });

  it('一周从周一到周日，两日一报不重不漏', () => {
    expect(periodOf('weekly', '2026-05-10')).toEqual({ from: '2026-05-04', until: '2026-05-10' });
    const two = periodOf('two-day', '2026-05-06');
    expect(periodOf('two-day', two.until)).toEqual(two);
    expect(periodBefore(two).until < two.from).toBe(true);
    expect(periodOf('two-day', periodBefore(two).until)).toEqual(periodBefore(two));
  });
});

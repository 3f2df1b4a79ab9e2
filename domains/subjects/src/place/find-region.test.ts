import { describe, expect, it } from 'vitest';
import { locate, withoutRegion } from './find-region.ts';

const hunan = { province: '湖南', city: '长沙' };
const quanzhou = { province: '福建', city: '泉州' };
const at = (address: string | null, columns = {}): string | undefined => locate(address, columns)?.code;

describe('从地址确定所在地', () => {
  it.each([
    ['湖南省长沙市芙蓉区五里牌1号', {}, '430102'],
    ['长沙县㮾梨镇大元路', hunan, '430121'],
    ['芙蓉区马王堆街道9号', hunan, '430102'],
    ['吉首市乾州办事处世纪大道', { province: '湖南', city: '湘西' }, '433101'],
    ['鼓楼区华林路201号', { province: '福建', city: '福州' }, '350102'],
    ['晋江市陈埭镇', quanzhou, '350582'],
    ['湖南省醴陵市官庄乡', { province: '湖南', city: '株洲' }, '430281'],
  ])('%s', (address, columns, code) => expect(at(address, columns)).toBe(code));

  it('旧名称落到现在的区划', () => {
    expect(at('宁乡县玉潭镇', hunan)).toBe('430182');
    expect(at('长乐市玉田镇', { province: '福建', city: '福州' })).toBe('350112');
    expect(at('三明市梅列区梅岭24幢', { province: '福建', city: '三明' })).toBe('350404');
  });

  it('只写乡镇的，凭乡镇和所列城市确定', () => {
    expect(at('涂寨镇东岭路口', quanzhou)).toBe('350521');
    expect(at('船场镇旧圩', { province: '福建', city: '漳州' })).toBe('350627');
  });

  it('路名里的地名不算数', () => {
    expect(at('长沙市芙蓉中路二段251号', hunan)).toBe('430100');
    expect(at('韶山南路8号', hunan)).toBe('430100');
    expect(at('湘潭市湘潭大学', { province: '湖南', city: '湘潭' })).toBe('430300');
    expect(at('上海路12号')).toBeUndefined();
  });

  it('地址与所列地区不一致的，以地址为准并指出', () => {
    expect(locate('上海市长宁区仙霞路318号', { province: '福建', city: '厦门' })).toEqual({
      code: '310105',
      level: 'county',
      from: 'address',
      contradicts: true,
    });
    expect(locate('晋江市池店镇', quanzhou)).toMatchObject({ contradicts: false });
  });

  it('没有地址用所列地区，同名的区不猜', () => {
    expect(locate(null, hunan)).toEqual({ code: '430100', level: 'city', from: 'columns', contradicts: false });
    expect(locate('鼓楼区1号')).toBeUndefined();
    expect(locate('')).toBeUndefined();
  });
});

it('名称去掉前面的地名', () => {
  expect(['长沙市星沙电线厂', '泉州开元建筑公司', '南平路五金店', '长沙厂'].map(withoutRegion)).toEqual([
    '星沙电线厂',
    '开元建筑公司',
    '南平路五金店',
    '长沙厂',
  ]);
});

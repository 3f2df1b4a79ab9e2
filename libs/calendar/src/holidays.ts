/**
 * What the State Council's notice says for one year (国务院办公厅关于…部分节假日安排的通知). A notice may also arrange the last
 * days of the December before. `notices` holds the addresses of the notices; empty means: not issued yet.
 */
export interface HolidayYear {
  readonly year: number;
  readonly notices: readonly string[];
  /** Days off, both ends included, named as in the notice. */
  readonly holidays: readonly { readonly name: string; readonly from: string; readonly to: string }[];
  /** Saturdays and Sundays that are worked (调休上班), named after the holiday they pay for. */
  readonly makeUpDays: readonly { readonly name: string; readonly date: string }[];
}

const ENGLISH: Readonly<Record<string, string>> = {
  元旦: "New Year's Day",
  春节: 'Spring Festival',
  清明节: 'Qingming Festival',
  劳动节: 'Labour Day',
  端午节: 'Dragon Boat Festival',
  中秋节: 'Mid-Autumn Festival',
  国庆节: 'National Day',
  抗日战争暨世界反法西斯战争胜利70周年纪念日: 'Victory Day, 70th anniversary',
};

/** English name of a holiday as notices write it ('国庆节、中秋节' names two); an unknown name stays as it is. */
export function englishHolidayName(name: string): string {
  return name
    .split('、')
    .map((part) => ENGLISH[part] ?? part)
    .join(' and ');
}

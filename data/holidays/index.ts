import type { HolidayYear } from '@hengjian/calendar';
import y2007 from './2007.json' with { type: 'json' };
import y2008 from './2008.json' with { type: 'json' };
import y2009 from './2009.json' with { type: 'json' };
import y2010 from './2010.json' with { type: 'json' };
import y2011 from './2011.json' with { type: 'json' };
import y2012 from './2012.json' with { type: 'json' };
import y2013 from './2013.json' with { type: 'json' };
import y2014 from './2014.json' with { type: 'json' };
import y2015 from './2015.json' with { type: 'json' };
import y2016 from './2016.json' with { type: 'json' };
import y2017 from './2017.json' with { type: 'json' };
import y2018 from './2018.json' with { type: 'json' };
import y2019 from './2019.json' with { type: 'json' };
import y2020 from './2020.json' with { type: 'json' };
import y2021 from './2021.json' with { type: 'json' };
import y2022 from './2022.json' with { type: 'json' };
import y2023 from './2023.json' with { type: 'json' };
import y2024 from './2024.json' with { type: 'json' };
import y2025 from './2025.json' with { type: 'json' };
import y2026 from './2026.json' with { type: 'json' };
import y2027 from './2027.json' with { type: 'json' };

/**
 * The State Council's holiday notices, 2007 to 2027, one file per year, in order of year.
 * A year whose `notices` is empty has not been arranged yet: clocks that reach it are provisional.
 * Sources and licence: PROVENANCE.md beside this file.
 */
export const holidayYears: readonly HolidayYear[] = [
  y2007,
  y2008,
  y2009,
  y2010,
  y2011,
  y2012,
  y2013,
  y2014,
  y2015,
  y2016,
  y2017,
  y2018,
  y2019,
  y2020,
  y2021,
  y2022,
  y2023,
  y2024,
  y2025,
  y2026,
  y2027,
];

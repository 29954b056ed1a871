import type { Chance } from './chance'

/** Contents that a cell may have and that something might stumble over. */
export const strangeCells: readonly string[] = [
  ...[
    '1e999999',
    '-1e999999',
    '1e-999999',
    '1e308',
    '9'.repeat(400),
    '0.'.padEnd(400, '3'),
    '-0',
    '+',
    '-',
    '.',
    ',',
    'NaN',
  ],
  ...[
    'Infinity',
    '-inf',
    '1_000',
    '0x10',
    '1,2,3',
    '1.2.3',
    '1.234.567,89',
    "1'234.50",
    '(12)',
    '12-',
    '$',
    '€ 1',
    '5 %',
    '%',
  ],
  ...['9223372036854775808', '-9223372036854775809', '170141183460469231731687303715884105728', '999999999999.9999999'],
  ...[
    '0000-00-00',
    '9999-99-99',
    '99999-01-01',
    '2019-02-30',
    '31/31/2019',
    '00/00/0000',
    '290309-12-22',
    '-2019-01-01',
  ],
  ...[
    '1900-01-00',
    '2958466',
    '-1',
    '60',
    '1582-10-10',
    '294247-01-10 04:00:54.775808',
    '2019-01-01 25:61:61',
    '24:00',
    'infinity',
  ],
  ...[
    '2019-01-01T00:00:00+99:99',
    '2019-01-01 00:00:00 Mars/Phobos',
    '20191301',
    '1546300800',
    '1546300800000',
    '99991231',
  ],
  ...[
    '👩‍👩‍👧‍👦',
    'e\u0301\u0301\u0301\u0301',
    '\u202eabc\u202c',
    'שלום',
    '\ufeff',
    '\u200b',
    '\ud800',
    '\u{10ffff}',
    'ﷺ'.repeat(50),
    'İ',
    'ß',
  ],
  ...[
    "'",
    '"',
    '""',
    '"""',
    '\\',
    "\\'",
    '`',
    '--',
    '/*',
    ';',
    '$$',
    "'; DROP TABLE x; --",
    '{{',
    '%s',
    '%00',
    '=1+1',
    '@SUM(A1)',
  ],
  ...[
    'NULL',
    'null',
    'N/A',
    'true',
    'TRUE',
    'select',
    '#REF!',
    '####',
    '&amp;&lt;&#0;',
    '[]',
    '{}',
    '[1',
    '{"a":1}',
    '\u0000',
    '\u001f',
    '\u001e',
  ],
  ...[
    '\r',
    '\n',
    '\r\n',
    '\t',
    '\v\f',
    ' ',
    '\u00a0',
    '\u2028',
    'x'.repeat(70_000),
    'C:\\x',
    'a|b',
    '..',
    '*',
    '?',
    '(',
    '[',
    '\u0085',
  ],
]

const keywords =
  'select from where group order by table null true rowid source_row c0 x0 v0 t0 aside count left join'.split(' ')

/** Names that a column may have. */
export function strangeName(chance: Chance): string {
  switch (chance.below(8)) {
    case 0:
      return chance.oneOf(keywords)
    case 1:
      return ''
    case 2:
      return 'x'.repeat(chance.oneOf([63, 256, 5000, 100_000]))
    case 3:
      return chance.oneOf([
        '"a"',
        "a'b",
        'a"b',
        'a;b',
        'a.b',
        'a · offset',
        '__proto__',
        'constructor',
        'toString',
        'a\u0000b',
      ])
    case 4:
      return chance.oneOf(['source_row', 'SOURCE_ROW', 'rowid', 'date', 'Date', 'DATE', 'customer', 'Total'])
    case 5:
      return String(chance.below(100))
    default:
      return chance.oneOf(strangeCells)
  }
}

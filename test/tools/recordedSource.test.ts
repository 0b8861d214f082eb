/** What a recorded source may look like, and every fault of it with its place and remedy, before anything is entered. */
import { describe, expect, test } from 'vitest'
import { contradictions } from '../../server/tools/replay/expected.ts'
import { readMoment } from '../../server/tools/replay/moments.ts'
import { read, type Recorded, refusedBy, replayed } from '../support/recorded.ts'

const refused = (recorded: Partial<Recorded>) => refusedBy(() => read({ reports: [], ...recorded }))
const AT = '2026-11-03T12:00Z'
const about = (unit: string) => `(${unit} on 2026-11-02, published ${AT})`

describe('figures of a source (finding D17)', () => {
  test('what is no count is refused with row, column and remedy, all of it at once', () => {
    const figures = ['NaN', '-3', '5.5', 'n/a', '1e3', '<5', '1234567890']
    expect(refused({ reports: figures.map((f) => `${AT} 2026-11-02 S1 1 ${f}`) })).toEqual([
      ...figures.map((f, i) =>
        expect.stringMatching(new RegExp(`^row ${i + 2}, issued: "${f}" .*\\. .*${'\\(S1 on'}`)),
      ),
    ])
    expect(refused({ reports: [`${AT} 2026-11-02 S1 NaN -3`] })).toEqual([
      `row 2, accepted: "NaN" is no number. Where the source has no figure leave the cell blank: a blank is no figure, never 0. ${about('S1')}`,
      `row 2, issued: "-3" is below 0. Write the whole figure of the day as it is now: the change becomes a restatement by itself. ${about('S1')}`,
    ])
  })

  test('a column is read in one way: decimals that are 0, and separators that all of it agrees on', () => {
    const values = (figures: readonly string[]) =>
      read({
        reports: figures.map((f, i) => `${AT};2026-11-02;S${i + 1};${f};1`),
        reportsHead: HEAD,
      }).source.publications[0]!.rows.map((r) => r.values.accepted)
    const HEAD = 'published_at;day;area;accepted;issued'
    expect(values(['5.0', '12.0'])).toEqual([5, 12])
    expect(values(['1,234', '12'])).toEqual([1_234, 12])
    expect(values(['1.234.567', '2.000'])).toEqual([1_234_567, 2_000])
    expect(() => values(['1.234', '12'])).toThrow('can be read in two ways')
    expect(() => values(['1,234', '1.234,5'])).toThrow('row ')
  })

  test('every fault is counted, and the first of them are said (finding D18)', () => {
    const lines = refused({ reports: Array.from({ length: 1_500 }, () => `${AT} 2026-11-02 S1 x y`) })
    expect(lines).toHaveLength(21)
    expect(lines.at(-1)).toBe('and 2,980 more, 3,000 in all')
  })

  test('units and days that there are not', () => {
    expect(
      refused({
        reports: [
          `${AT} 2026-11-02 X9 1 1`,
          `${AT} 2026-11-02 D1 1 1`,
          `${AT} 2026-11-31 S1 1 1`,
          `${AT} 2026-11-01 S1 1 1`,
        ],
        totals: ['X9 1 1'],
      }),
    ).toEqual([
      `row 2, area: "X9" is no unit of units.csv. Add it there, or take its rows out of the source. ${about('X9')}`,
      `row 3, area: D1 is the sum of 3 units and does not report. Take its rows out of the source. ${about('D1')}`,
      `row 4, day: "2026-11-31" is no day. Write it as 2026-11-02. (S1 on 2026-11-31, published ${AT})`,
      `row 5, day: S1 reports from 2026-11-02 on. Correct the day, let it start earlier, or put what came before into "opening" of programme.json. (S1 on 2026-11-01, published ${AT})`,
      'totals.csv row 2, area: "X9" is no unit of units.csv. Add it there, or take its rows out of the source.',
    ])
  })

  test('headings are found by name, and missing and double ones are named (case E3)', () => {
    expect(refused({ reportsHead: 'published_at,day,area,accepted,delivered' })).toEqual([
      'row 1: has no column "issued". Correct its name in replay.json, or in the first row of the file.',
    ])
    const row = `${AT} 2026-11-02 S1 1 1 9`
    expect(refused({ reportsHead: 'published_at,day,area,accepted,issued,accepted', reports: [row] })).toEqual([
      'row 1, accepted: columns 4 and 6 are both "accepted". Give each a name of its own, so that one of them is meant.',
    ])
    // what nobody asks for may be called anything
    expect(refused({ reportsHead: 'published_at,day,area,accepted,issued,note', reports: [row] })).toEqual([])
  })

  test('totals that its own reports do not add up to are said before anything is entered', () => {
    const { source, setting } = read({
      reports: [`${AT} 2026-11-02 S1 10 5`],
      totals: ['S1 10 6', 'D1 11 5', 'C 10 5'],
    })
    expect(contradictions(source, setting)).toEqual([
      'totals.csv: S1 issued is 6; its reports add up to 5',
      'totals.csv: D1 accepted is 11; its reports add up to 10',
    ])
  })
})

describe('moments of publication (finding D16)', () => {
  const at = (text: string, zone: string | null = null) => {
    const moment = readMoment(text, zone)
    return moment.ok ? new Date(moment.at).toISOString() : moment.says
  }

  test('are compared as moments, whatever zone they are written in', () => {
    const reports = (...moments: string[]) => moments.map((m, i) => `${m} 2026-11-02 S1 ${i} 0`)
    expect(refused({ reports: reports('2026-11-03T02:30+02:00', '2026-11-03T02:10+01:00') })).toEqual([])
    expect(refused({ reports: reports('2026-11-02T23:30-05:00', '2026-11-03T01:00+01:00') })).toEqual([
      'row 3, published_at: 2026-11-03T01:00+01:00 is earlier than the row before it. Rows stand in the order of publication. (S1 on 2026-11-02, published 2026-11-03T01:00+01:00)',
    ])
    const { publications } = read({
      reports: ['2026-11-03T02:00+02:00 2026-11-02 S1 1 1', '2026-11-03T00:00Z 2026-11-02 S2 1 1'],
    }).source
    expect(publications.map((p) => p.rows.length)).toEqual([2])
  })

  test('are read with the zone that stands there, or that replay.json names', () => {
    expect(at('2026-11-02T18:00:05.25+08:00')).toBe('2026-11-02T10:00:05.250Z')
    for (const zone of ['+0800', '+08']) expect(at(`2026-11-02T18:00${zone}`), zone).toBe('2026-11-02T10:00:00.000Z')
    expect(at('2026-11-02 18:00Z')).toBe('2026-11-02T18:00:00.000Z')
    expect(at('2026-11-02T18:00', 'Asia/Shanghai')).toBe('2026-11-02T10:00:00.000Z')
    expect(at('2026-11-02T18:00Z', 'Asia/Shanghai')).toBe('2026-11-02T18:00:00.000Z')
    expect(at('2026-11-02T18:00')).toContain('has no time zone')
    expect(at('2026-11-02')).toContain('has no time of day')
    expect(at('2026-11-02', 'Asia/Shanghai')).toContain('has no time of day')
    expect(at('2026-11-31T18:00Z')).toContain('no such day')
    expect(at('2026-11-02T25:00', 'Asia/Shanghai')).toContain('no such day')
    for (const text of ['', 'yesterday', '02.11.2026 18:00', '1762106400', 'Mon, 02 Nov 2026 18:00:00 GMT'])
      expect(at(text, 'Asia/Shanghai'), text).toContain('is no moment')
    // clocks went back at three, and forward at two
    expect(at('2026-10-25T02:30', 'Europe/Berlin')).toContain('twice or not at all')
    expect(at('2026-03-29T02:30', 'Europe/Berlin')).toContain('twice or not at all')
  })
})

describe('groups of a unit (case E19)', () => {
  const reportsHead = 'published_at,day,area,age,accepted,issued'
  const reports = [
    `${AT} 2026-11-02 S1 16-29 60 10`,
    `${AT} 2026-11-02 S1 30-60 40 20`,
    '2026-11-04T12:00Z 2026-11-02 S1 30-60 41 20',
  ]

  test('are added up where replay.json says so, each as it was last published', async () => {
    const totalsHead = 'area,age,accepted,issued'
    const totals = ['S1 16-29 60 10', 'S1 30-60 41 20']
    const told = { reportsHead, reports, format: { groups: ['age'] } }
    const byGroup = await replayed({ ...told, totalsHead, totals: [...totals, ...zeros] })
    expect(await byGroup.outcome()).toMatchObject({ exact: true })
    expect(byGroup.counts()).toMatchObject({ given: 1, restated: { corrected: 1 } })
    expect(await byGroup.differing(['S1 101 30'])).toEqual([])
    expect(await (await replayed({ ...told, totals: ['S1 101 30'] })).outcome()).toMatchObject({ exact: true })
  })
  const zeros = ['S2 all 0 0', 'S3 all 0 0', 'S4 all 0 0', 'S5 all 0 0']

  test('are refused where it does not, with both rows, and so is the same group twice', () => {
    const keep =
      'Keep one; where they are parts of one figure, such as age groups, name their columns as "groups" in replay.json.'
    expect(refused({ reportsHead, reports })).toEqual([
      `row 3: this report stands in row 2 of the same publication already. ${keep} (S1 on 2026-11-02)`,
    ])
    expect(
      refused({ reportsHead, reports: [...reports.slice(0, 2), reports[0]!], format: { groups: ['age'] } }),
    ).toEqual([`row 4: the group 16-29 stands in row 2 of the same publication already. ${keep} (S1 on 2026-11-02)`])
    expect(refused({ totals: ['S1 60 10', 'S1 40 20'] })).toEqual([
      `totals.csv row 3, area: S1 has a total in row 2 already. ${keep}`,
    ])
  })

  test('that are the sum of the others are no part beside them, in reports and totals', () => {
    const says = (label: string) =>
      `${label} is the sum of the other groups, here and wherever there are others, so that figures would be doubled. Take its rows out of the source.`
    const all = [reports[0]!, reports[1]!, `${AT} 2026-11-02 S1 all 100 30`]
    const format = { groups: ['age'] }
    const totals = ['S1 all 100 30', 'S1 16-29 60 10', 'S1 30-60 40 20']
    expect(
      refused({
        reportsHead,
        reports: all,
        format,
        totalsHead: 'area,age,accepted,issued',
        totals: [...totals, ...zeros],
      }),
    ).toEqual([`row 4, age: ${says('"all"')}`, `totals.csv row 2, age: ${says('"all"')}`])
    const bySex = ['f 60 10', 'm 40 20', ' 100 30'].map(
      (rest) => `${AT},2026-11-02,S1,16-29,${rest.replaceAll(' ', ',')}`,
    )
    expect(
      refused({
        reportsHead: 'published_at,day,area,age,sex,accepted,issued',
        reports: bySex,
        format: { groups: ['age', 'sex'] },
      }),
    ).toEqual([`row 4, sex: ${says('what has no group')}`])
  })

  test('that are so once and not at another time, or by chance, are groups', () => {
    const other = ['16-29 60 10', '30-60 40 20', 'all 99 30'].map((rest) => `${AT} 2026-11-02 S2 ${rest}`)
    const all = [reports[0]!, reports[1]!, `${AT} 2026-11-02 S1 all 100 30`, ...other]
    expect(refused({ reportsHead, reports: all, format: { groups: ['age'] } })).toEqual([])
    const few = ['a 1 0', 'b 2 0', 'c 3 0'].map((rest) => `${AT} 2026-11-02 S1 ${rest}`)
    expect(refused({ reportsHead, reports: few, format: { groups: ['age'] } })).toEqual([])
  })

  test('a blank beside groups that are given is no sum', () => {
    expect(
      refused({ reportsHead, reports: [reports[0]!, `${AT} 2026-11-02 S1 30-60 40 `], format: { groups: ['age'] } }),
    ).toEqual([
      'row 2: the group 30-60 has no figure for "issued" while others have: a sum needs all its parts. Write 0 where there was nothing. (S1 on 2026-11-02)',
    ])
  })
})

describe('running totals', () => {
  const format = { cumulative: ['issued'] }
  const values = (recorded: Partial<Recorded>) =>
    read({ reports: [], format, ...recorded }).source.publications.map((p) =>
      p.rows.map((r) => `${r.unit} ${r.day.slice(-2)} ${r.values.accepted ?? '-'} ${r.values.issued ?? '-'}`),
    )

  test('become the figures of days, also where an earlier total changes or comes later', () => {
    const reports = [
      '2026-11-02T12:00Z 2026-11-02 S1 7 100',
      '2026-11-04T12:00Z 2026-11-04 S1 7 160',
      '2026-11-05T12:00Z 2026-11-03 S1 7 130',
      '2026-11-06T12:00Z 2026-11-02 S1 7 90',
      '2026-11-07T12:00Z 2026-11-05 S1 7 ',
    ]
    expect(values({ reports })).toEqual([
      ['S1 02 7 100'],
      ['S1 04 7 60'],
      ['S1 03 7 30', 'S1 04 - 30'],
      ['S1 02 7 90', 'S1 03 - 40'],
      ['S1 05 7 -'],
    ])
  })

  test('end exact, and begin at the opening balance, so that the first day holds its own alone (finding D21)', async () => {
    const reports = ['2026-11-02T12:00Z 2026-11-02 S1 7 1005', '2026-11-03T12:00Z 2026-11-03 S1 7 1010']
    const recorded = { reports, format, programme: { opening: { S1: { issued: 1_000 } } }, totals: ['S1 14 1010'] }
    const { outcome, source } = await replayed(recorded)
    expect(source.publications.map((p) => p.rows[0]!.values.issued)).toEqual([5, 5])
    expect(await outcome()).toMatchObject({ exact: true })
  })

  test('that fall are refused with the days, unless the days before are published with them', () => {
    const reports = ['2026-11-02T12:00Z 2026-11-02 S1 7 100', '2026-11-03T12:00Z 2026-11-03 S1 7 95']
    expect(refused({ reports, format })).toEqual([
      'row 3, issued: the running total of S1 falls from 100 on 2026-11-02 to 95 on 2026-11-03. Publish the corrected totals of the days before in the same publication, or set "falls": "daysBefore" in replay.json.',
    ])
    expect(values({ reports: [...reports, '2026-11-03T12:00Z 2026-11-02 S1 7 90'] })).toEqual([
      ['S1 02 7 100'],
      ['S1 03 7 5', 'S1 02 7 90'],
    ])
    const opening = { S1: { issued: 200 } }
    expect(refused({ reports: reports.slice(0, 1), format, programme: { opening } })).toEqual([
      expect.stringContaining('falls from 200 in "opening" of programme.json to 100 on 2026-11-02'),
    ])
  })

  const told = {
    reports: [
      '2026-11-02T12:00Z 2026-11-02 S1 7 100',
      '2026-11-03T12:00Z 2026-11-03 S1 7 103',
      '2026-11-04T12:00Z 2026-11-04 S1 7 95',
    ],
    format: { ...format, falls: 'daysBefore' },
    totals: ['S1 21 95'],
  }

  test('that fall are taken from the days before where replay.json says so, and it is no exact end: their totals are others', async () => {
    expect(values(told)).toEqual([['S1 02 7 100'], ['S1 03 7 3'], ['S1 04 7 0', 'S1 03 - 0', 'S1 02 - 95']])
    const { outcome, counts } = await replayed(told)
    const { exact, lines } = await outcome()
    expect(exact).toBe(false)
    expect(lines).toContain('running totals that fell, taken from the days before: 1')
    expect(lines).toContain(
      'running totals lower than was published last, because those of later days are: 2 (S1 issued on 2026-11-02, S1 issued on 2026-11-03)',
    )
    expect(counts().restated).toEqual({ late: 0, corrected: 0, reduced: 2 })
  })

  test('that fell end exact when a later publication has put the days before right, however often it is said', async () => {
    const said = ['2026-11-02 S1 7 92', '2026-11-03 S1 7 93', '2026-11-04 S1 7 95']
    const reports = [...told.reports, ...[5, 6].flatMap((n) => said.map((row) => `2026-11-0${n}T12:00Z ${row}`))]
    const { outcome, source } = await replayed({ ...told, reports })
    expect([source.falls, source.lowered]).toEqual([1, []])
    expect(await outcome()).toMatchObject({ exact: true })
    // a fall that every version has is one fall
    const again = ['2026-11-05T12:00Z', '2026-11-06T12:00Z'].flatMap((at) =>
      ['2026-11-02 S1 7 100', '2026-11-03 S1 7 103', '2026-11-04 S1 7 95'].map((row) => `${at} ${row}`),
    )
    expect(read({ ...told, reports: [...told.reports, ...again] }).source).toMatchObject({ falls: 1 })
  })

  test('an earlier day whose total comes late is refused beside an older total, until that is said again', () => {
    const late = [...told.reports, '2026-11-05T12:00Z 2026-11-03 S1 7 97']
    for (const falls of ['refused', 'daysBefore'])
      expect(
        refused({
          ...told,
          reports: falls === 'refused' ? [told.reports[2]!, late[3]!] : late,
          format: { ...format, falls },
        }),
      ).toEqual([
        `row ${falls === 'refused' ? 3 : 5}, issued: the running total of S1 falls from 97 on 2026-11-03 to 95 on 2026-11-04. The latter was published before: write the total of 2026-11-04 in this publication too, as this version of the source has it; where it has none, that of the day before.`,
      ])
    const whole = read({ ...told, reports: [...late, '2026-11-05T12:00Z 2026-11-04 S1 7 95'] }).source
    expect(whole.lowered.map((t) => t.day)).toEqual(['2026-11-02', '2026-11-03'])
  })

  test('are not below the opening balance, whatever becomes of what falls', () => {
    const opening = { S1: { issued: 96 } }
    expect(refused({ ...told, programme: { opening } })).toEqual([
      'row 4, issued: the running total of S1 falls from 103 on 2026-11-03 to 95 on 2026-11-04. It cannot be below "opening": correct one of the two.',
    ])
  })
})

describe('replay.json', () => {
  const fault = (format: Record<string, unknown>) => refused({ format })

  test('needs the files and columns alone', () => {
    const rest = ['direction', 'reasons', 'importer', 'people'].map((name) => [name, undefined])
    const { format } = read({ reports: [], format: Object.fromEntries(rest) as Record<string, unknown> })
    expect(format).toMatchObject({
      direction: 'accepted',
      importer: { member: 'publication', role: 'office', unit: 'C' },
      people: [{ member: 'office' }],
    })
  })

  test.each([
    [{ column: {} }, 'replay.json: has a field "column" that means nothing here. Take it out, or correct its name.'],
    [{ cumulative: ['gone'] }, 'replay.json cumulative: names "gone", for which columns.counters has no column.'],
    [{ direction: 'gone' }, 'replay.json direction: names "gone", for which columns.counters has no column.'],
    [{ groups: ['day'] }, 'replay.json columns: names the column "day" for two things. Each is read once.'],
    [{ timeZone: 'Shenzhen' }, 'replay.json timeZone: "Shenzhen" is no time zone. Write one such as "Europe/Berlin".'],
    [
      { reviewer: { member: 'r', name: 'R', role: 'office', unit: 'C' } },
      'replay.json reviewer: has nothing to approve: programme.json has no levels of review. Take it out.',
    ],
    [
      { importer: { member: 'r', name: 'R', role: 'office', unit: 'D1' } },
      'replay.json "r": has to be of the office at C, to write for every unit.',
    ],
    [
      {
        columns: { publishedAt: 'published_at', day: 'day', unit: 'area', counters: { accepted: 'accepted', x: 'y' } },
      },
      'replay.json columns.counters.x: is no counter of the programme, which has accepted, issued.',
    ],
    [
      { columns: { publishedAt: 'published_at', day: 'day', unit: 'area', counters: ['accepted'] } },
      'replay.json columns.counters: cannot be what stands there. Write the heading of each counter\'s column: { "issued": "permits issued" }.',
    ],
    [
      { people: [{ member: 'a b', name: 'A', role: 'office', unit: 'C' }] },
      'replay.json people.0.member: cannot be what stands there. Write an id of letters and digits, at most 40, with . _ - between them.',
    ],
    [
      { columns: undefined },
      'replay.json columns: is missing. Write the headings of the columns: { "publishedAt", "day", "unit", "counters" }.',
    ],
    [{ reports: 7 }, 'replay.json reports: cannot be what stands there. Write a text in quotation marks.'],
    [{ falls: 'ok' }, 'replay.json falls: cannot be what stands there. Write "refused" or "daysBefore".'],
  ])('%j is refused in words', (format, line) => {
    expect(fault(format)).toContain(line)
  })
})

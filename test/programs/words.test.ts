import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { copyOf, type Folder } from './folder.ts'

let folder: Folder
beforeEach(() => {
  folder = copyOf()
})
afterEach(() => folder.remove())

const textOf = (file: string) => readFileSync(join(folder.path, file), 'utf8')
const json = (change: (programme: never) => unknown) =>
  folder.edit('programme.json', (text) => {
    const programme = JSON.parse(text) as never
    change(programme)
    return JSON.stringify(programme, null, 1)
  })
/** what the target of the trial programme becomes */
const target = (more: object) =>
  json((p: { baselines: { targets: object[] }[] }) => Object.assign(p.baselines[0]!.targets[0]!, more))
const cell = (column: number, value: string) =>
  folder.edit('bases.csv', (text) => text.replace(/^people.*$/m, (row) => row.split(',').with(column, value).join(',')))

describe('O8 a fault is said in words, with its place, what stands there and what mends it', () => {
  test.each<[string, string, string]>([
    ['-5', 'value', '"-5" is below 0. A base counts people: write a whole number above 0.'],
    [
      '0',
      'value',
      'the base is 0, and nothing can be a share of that. Write a whole number above 0, or take the row out.',
    ],
    ['', 'value', 'the base has no value. Write a whole number, or take the row out.'],
    ['27613.09', 'value', '"27613.09" is no whole number. A base counts people: round it, to 27613.'],
    ['27613.9', 'value', '"27613.9" is no whole number. A base counts people: round it, to 27614.'],
    ['many', 'value', '"many" is no whole number. Write it in digits, such as 3167034.'],
    ['TRUE', 'official', '"TRUE" is neither yes nor no. Write yes for an official figure, no for a planning value.'],
    [
      '2026-02-30',
      'as_of',
      '"2026-02-30" is no day of the calendar. Write a day as year-month-day, such as 2026-03-31.',
    ],
    ['X', 'unit', 'units.csv has no unit "X". Correct the code, or add the unit.'],
  ])('%s as %s of a base', (value, column, says) => {
    const heading = textOf('bases.csv').split('\n')[0]!.split(',')
    cell(heading.indexOf(column), value)
    expect(folder.faults()).toContain(`bases.csv row 2, column ${column}: ${says}`)
    // the target has lost its base where the row is of no unit, and nothing else is blamed
    expect(folder.faults().filter((line) => !line.startsWith('bases.csv row 2'))).toEqual(
      column === 'unit' ? [expect.stringContaining('bases.csv has no row with the key "people" for the unit "C"')] : [],
    )
  })

  test('a figure with separators is read, and two conventions in one column are not', () => {
    folder.edit('bases.csv', (text) => text.replace(',1000,', ',"3,167,034",'))
    expect(folder.faults()).toEqual([])
    folder.edit('bases.csv', (text) => text.replace(',600,', ',"1.234.567",'))
    expect(folder.faults()).toEqual([
      'bases.csv row 2, column value: "3,167,034" and "1.234.567" of one column separate thousands or decimals in two ways. Write all its figures in digits alone.',
      'bases.csv row 3, column value: "1.234.567" and "3,167,034" of one column separate thousands or decimals in two ways. Write all its figures in digits alone.',
    ])
  })

  test.each<[string, object, string]>([
    [
      'an unknown base',
      { base: 'homes' },
      'base: bases.csv has no row with the key "homes" for the unit "C", so there is nothing to be a share of. Add the row, or correct the key.',
    ],
    [
      'no base',
      { base: null },
      'base: a coverage is a share of a base, and none is named. Write the key of a base in bases.csv.',
    ],
    [
      'a due day too early',
      { due: '2026-11-02' },
      'due: the target is due on 2026-11-02, but its path begins only on 2026-11-02. Correct "due", or "from" under "path".',
    ],
    [
      'a threshold of text',
      { threshold: '0.9' },
      'threshold: "0.9" is not a number, without quotation marks. For a coverage write a share, such as 0.9 for 90%.',
    ],
    [
      'a threshold below 0',
      { threshold: -1 },
      'threshold: -1 is not above 0. For a coverage write a share, such as 0.9 for 90%.',
    ],
    ['an unknown measure', { measure: 'sum' }, 'measure: "sum" is no measure. Write "count", "coverage" or "rate".'],
    ['an unknown counter', { counter: 'handed' }, 'counter: "handed" is the key of none of the counters. Correct it.'],
    ['an unknown unit', { unit: 'X' }, 'unit: units.csv has no unit "X". Correct the code.'],
    ['an unknown name', { goal: 5 }, 'goal: "goal" is a name that means nothing here. Correct it, or take it out.'],
    [
      'parts above the whole',
      { allocation: { D1: 900, D2: 1 } },
      'allocation: the typed parts below "C" are 901, and its own part is 900. They may be less only while somebody below is left to take the rest.',
    ],
    [
      'a part of its own',
      { allocation: { C: 901 } },
      'allocation: the typed parts below "C" are 901, and its own part is 900. They may be less only while somebody below is left to take the rest.',
    ],
    [
      'a part of a unit elsewhere',
      { unit: 'D1', allocation: { D2: 5 } },
      'allocation.D2: the unit is not below "D1", whose target this is. Take it out.',
    ],
  ])('a target with %s', (_, more, says) => {
    target(more)
    const lines = folder.faults()
    expect(lines).toContainEqual(expect.stringMatching(/^programme\.json line \d+, baselines\.0\.targets\.0\./))
    expect(lines.map((line) => line.replace(/^.*targets\.0\./, ''))).toContain(says)
    const [, line] = /line (\d+)/.exec(lines.find((l) => l.endsWith(says))!)!
    const named = /^[\w.]+/.exec(says)![0].split('.').at(-1)!
    expect(textOf('programme.json').split('\n')[Number(line) - 1]).toContain(`"${named}"`)
  })

  test.each<[string, string, unknown, string]>([
    ['pace', 'severe', 5, '5 is not below 0. Write how many points behind the path are far behind, such as -5.'],
    [
      'reporting',
      'deadline',
      '99:99',
      '"99:99" is no time of day. Write hours and minutes from 00:00 to 23:59, such as "17:30".',
    ],
    [
      'reporting',
      'deadline',
      '24:00',
      '"24:00" is no time of day. Write hours and minutes from 00:00 to 23:59, such as "17:30".',
    ],
    ['reporting', 'expected', 'daily', '"daily" is no rhythm. Write everyDay, workdays, weekly, tenDays or monthly.'],
    ['reporting', 'graceDays', 99, '99 is not a number of days from 0 to 30.'],
    [
      'issues',
      'series',
      'No. {year}',
      '"No. {year}" has no {n}, so that all questions would have one number. Write for example "No. {n} of {year}".',
    ],
  ])('%s.%s of %s', (part, name, value, says) => {
    json((p: Record<string, Record<string, unknown>>) => Object.assign(p[part]!, { [name]: value }))
    expect(folder.faults()).toEqual([expect.stringMatching(/^programme\.json line \d+, /)])
    expect(folder.faults()[0]).toContain(`, ${part}.${name}: ${says}`)
  })

  test('a time zone that there is not', () => {
    json((p: { timeZone: string }) => (p.timeZone = 'Asia/Shenzhen'))
    expect(folder.faults()).toEqual([
      'programme.json line 11, timeZone: "Asia/Shenzhen" is no time zone. Write one such as "Asia/Shanghai" or "Europe/Berlin".',
    ])
  })

  test('a missing definition is one line, about the file that lacks it', () => {
    json((p: { definitions?: object }) => delete p.definitions)
    expect(folder.faults()).toEqual([
      'programme.json line 1, definitions.people: bases.csv has rows with the key "people", and "definitions" does not say what it counts. Add "people": { "en": "…" } there, or correct the key in bases.csv.',
    ])
  })

  test('legal questions without somebody to answer, and a regulation without questions', () => {
    json((p: { roles: { legal?: unknown } }) => delete p.roles.legal)
    expect(folder.faults()).toEqual([
      expect.stringContaining('roles.legal: there are legal questions ("issues") and nobody to answer them.'),
    ])
    json((p: { issues?: unknown }) => delete p.issues)
    expect(folder.faults()).toEqual([
      expect.stringContaining('regulation: a regulation is there for legal questions, and this programme keeps none'),
    ])
  })
})

describe('O8 files that cannot be read', () => {
  test.each<[string, string, string]>([
    [
      'a comma too many',
      '{"a": 1,\n "b": [1, 2,],\n}',
      'line 2, column 13: is not JSON: a comma stands before the closing ]; take it out.',
    ],
    [
      'a comma too many at the end',
      '{"a": 1,\n}',
      'line 2, column 1: is not JSON: a comma stands before the closing }; take it out.',
    ],
    ['a comma too few', '{"a": 1\n "b": 2}', 'line 2, column 2: is not JSON: a comma is missing before this.'],
    ['no colon', '{"a" 1}', 'line 1, column 6: is not JSON: a colon is missing after "a".'],
    [
      'single quotation marks',
      "{'a': 1}",
      'line 1, column 2: is not JSON: a name in double quotation marks has to stand here, not a single quotation mark: JSON has double ones.',
    ],
    [
      'curly quotation marks',
      '{“a”: 1}',
      'line 1, column 2: is not JSON: a name in double quotation marks has to stand here, not “: JSON has the straight quotation mark ".',
    ],
    [
      'a remark',
      '{\n // what\n "a": 1}',
      'line 2, column 2: is not JSON: a name in double quotation marks has to stand here, not a remark: JSON has none.',
    ],
    [
      'a text over two lines',
      '{"a": "b\nc"}',
      'line 1, column 7: is not JSON: a text begins with " and does not end on its line.',
    ],
    ['the end missing', '{"a": [1, 2]', 'line 1, column 13: is not JSON: the file ends before the closing }.'],
    ['a word', '{"a": yes}', 'line 1, column 7: is not JSON: a value has to stand here, not "yes".'],
    [
      'a number with a leading zero',
      '{"a": 012}',
      'line 1, column 7: is not JSON: a value has to stand here, not "012".',
    ],
    [
      'something behind it',
      '{"a": 1} x',
      'line 1, column 10: is not JSON: something stands after the end; one object in braces is the whole file.',
    ],
    ['nothing', '', 'line 1, column 1: is not JSON: a value has to stand here, not the end of the file.'],
    ['a list', '[1]', 'is not JSON: one object in braces is the whole file.'],
  ])('JSON with %s', (_, text, says) => {
    folder.write('calendar.json', text)
    const place = says.startsWith('line') ? ' ' : ': '
    expect(folder.faults()).toEqual([`calendar.json${place}${says}`])
  })

  test('a name that stands twice in an object would hide the first', () => {
    folder.edit('programme.json', (text) => text.replace('"name": {', '"key": "other", "name": {'))
    expect(folder.faults()).toEqual([
      'programme.json line 3, key: "key" stands there twice, and only one of them would count. Take one out.',
    ])
  })

  test('a file that is not there', () => {
    rmSync(join(folder.path, 'units.csv'))
    expect(folder.faults()).toEqual([
      'units.csv: the file is missing. A programme has programme.json, units.csv, bases.csv and calendar.json.',
    ])
  })

  test('encodings: UTF-16, Latin-1 and a workbook are named, each with what to do', () => {
    const text = textOf('units.csv')
    folder.write('units.csv', Buffer.from(`\uFEFF${text}`, 'utf16le'))
    expect(folder.faults()).toEqual([
      'units.csv: the file is written in UTF-16 (“Unicode text”). Save the file as “CSV UTF-8”.',
    ])
    folder.write('units.csv', Buffer.from(text.replace(/[\u4e00-\u9fff]+/g, 'x').replace('Elm', 'Örebro'), 'latin1'))
    expect(folder.faults()).toEqual([
      'units.csv row 6: a sign is not written in UTF-8; it may be Latin-1 or GBK. Save the file as “CSV UTF-8”.',
    ])
    folder.write('units.csv', Buffer.from('PK\u0003\u0004 and more'))
    expect(folder.faults()).toEqual(['units.csv: the file is a workbook, not text. Save its sheet as “CSV UTF-8”.'])
  })

  test('semicolons, tabs and a mark at the beginning are read as what they are', () => {
    folder.write('units.csv', `\uFEFF${textOf('units.csv').replaceAll(',', ';').replaceAll('\n', '\r\n')}`)
    folder.write('bases.csv', textOf('bases.csv').replaceAll(',', '\t'))
    expect(folder.faults()).toEqual([])
  })

  test('ragged rows, each with its row', () => {
    folder.edit('units.csv', (text) => text.replace(/^S1.*$/m, '$&,x,y').replace(/^(S4.*),$/m, '$1'))
    expect(folder.faults()).toEqual([
      'units.csv row 5: the row has 10 cells where there are 8 headings. Put quotation marks around a cell that has a comma in it.',
      'units.csv row 8: the row has 7 cells where there are 8 headings. A blank cell keeps its comma.',
    ])
  })

  test('a row that is torn says nothing of what stands in its cells, and a line that is none is said as what it is', () => {
    folder.edit(
      'bases.csv',
      (text) => `${text.replace('D1,600', 'D1,600,000').replace('key,', 'Bases\nkey,')}Note: x\n`,
    )
    expect(folder.faults()).toEqual([
      'bases.csv row 1: "Bases" stands above the headings, which are in row 2. Take out what stands above them.',
    ])
    folder.edit('bases.csv', (text) => `${text.replace('Bases\n', '')}${text.split('\n')[1]!}\n`)
    expect(folder.faults()).toEqual([
      'bases.csv row 3: the row has 8 cells where there are 7 headings. Put quotation marks around a cell that has a comma in it.',
      'bases.csv row 5: "Note: x" is all that the row holds. Take it out where it is a title or a note.',
      'bases.csv row 6: the headings of row 1 stand here again. Take the row out.',
    ])
  })

  test.each([
    ['27613.09', '"27613.09" is no whole number. A base counts people: round it, to 27613.'],
    ['0.6', '"0.6" is no whole number. Write it in digits, such as 3167034.'],
    ['1.5', '"1.5" is no whole number. Write it in digits, such as 3167034.'],
    ['1234.567', '"1234.567" is no whole number. Write it in digits, such as 3167034.'],
    ['1000人', '"1000人" is no whole number. If 1000 is meant, write 1000.'],
  ])('J3 of a base %s no other number is made than the one that is meant', (value, says) => {
    folder.edit('bases.csv', (text) => text.replace('C,1000', `C,${value}`))
    expect(folder.faults()).toEqual([`bases.csv row 2, column value: ${says}`])
  })

  test('a code, a key and a row that stand twice', () => {
    folder.edit('units.csv', (text) => text.replace(/^S2/m, 'S1'))
    folder.edit('bases.csv', (text) => text.replace('D2,400', 'D1,400'))
    json((p: { counters: object[] }) => p.counters.push(p.counters[0]!))
    expect(folder.faults()).toEqual([
      expect.stringMatching(/^programme\.json line \d+, counters\.2: "accepted" stands there twice/),
      'units.csv row 6: the code "S1" stands in a row above already. Every unit has a code of its own.',
      'bases.csv row 4: the same key, unit and version (people D1 2026) stand in a row above already. Take one out, or give this one a version of its own.',
    ])
  })

  test('case E3: a base given in two columns of one heading is refused, with both columns', () => {
    folder.write(
      'bases.csv',
      'key,version,unit,value,as_of,official,source,value\npeople,2026,C,1000,2026-01-01,yes,census,100\n',
    )
    expect(folder.faults()).toEqual([
      'bases.csv row 1, column 8: the heading "value" stands twice, in column 4 and in column 8, so that it is not known which one is meant. Take one of the columns out.',
    ])
  })

  test.each([
    ['Value', 'case'],
    [' value ', 'blanks'],
    ['ｖａｌｕｅ', 'width'],
  ])('case E3: the same of "%s": %s makes no other heading', (heading) => {
    folder.edit('bases.csv', (text) => text.replace(/^key.*$/m, `$&,${heading}`).replace(/^people.*$/gm, '$&,5'))
    expect(folder.faults()).toEqual([expect.stringContaining('stands twice, in column 4 and in column 8')])
  })

  test('replay.json and simulation.json are looked at where they are', () => {
    folder.write('replay.json', JSON.stringify({ reports: 'a.csv', totals: 'b.csv', direction: 'up' }))
    folder.write('simulation.json', '{}')
    expect(folder.faults()).toContainEqual(expect.stringMatching(/^replay\.json columns/))
    expect(folder.faults()).toContainEqual(expect.stringMatching(/^simulation\.json line 1, /))
  })

  test.each(['replay.json', 'simulation.json'])('%s is read as the others are (finding P3, case E3)', (file) => {
    folder.write(file, '{"reports": "a.csv",\n "totals": "b.csv",\n "reports": "c.csv"}')
    expect(folder.faults()).toEqual([
      `${file} line 3, reports: "reports" stands there twice, and only one of them would count. Take one out.`,
    ])
    folder.write(file, '{"reports": "a.csv",\n}')
    expect(folder.faults()).toEqual([
      `${file} line 2, column 1: is not JSON: a comma stands before the closing }; take it out.`,
    ])
    folder.write(file, Buffer.from('\uFEFF{}', 'utf16le'))
    expect(folder.faults()).toEqual([
      `${file}: the file is written in UTF-16 (“Unicode text”). Save the file as UTF-8.`,
    ])
    folder.write(file, '[1]')
    expect(folder.faults()).toEqual([`${file}: is not JSON: one object in braces is the whole file.`])
  })
})

test('O8 all faults of a long table are listed', () => {
  const rows = Array.from({ length: 500 }, (_, i) => `X${i},,none,D1,`)
  folder.write(
    'units.csv',
    `code,name,level,parent,starts_on\nC,River,city,,\nD1,North,district,C,\nD2,South,district,C,\n${rows.join('\n')}\n`,
  )
  const of = (says: string) => folder.faults().filter((line) => line.includes(says))
  expect(of('the unit has no name')).toHaveLength(500)
  expect(of('is none of the levels')).toHaveLength(500)
})

test.each<[object, string]>([
  [{ X: { issued: 5 } }, 'opening.X: units.csv has no unit "X". Correct the code.'],
  [{ C: { issued: 5 } }, 'opening.C: "C" has units below it, so it does not report. Name one that reports.'],
  [{ S1: { handed: 5 } }, 'opening: "handed" is the key of none of the counters. Correct it.'],
  [{ S1: { issued: -5 } }, 'opening.S1.issued: -5 is below 0. Write a whole number, 0 or more.'],
  [{ S1: { issued: 1.5 } }, 'opening.S1.issued: 1.5 is no whole number.'],
])('O8 an opening balance of %j', (opening, says) => {
  json((p: object) => Object.assign(p, { opening }))
  expect(folder.faults().map((line) => line.replace(/^programme\.json line \d+, /, ''))).toEqual([says])
})

test('I7 a simulation, which asks legal questions, is none of a programme without them', () => {
  const city = copyOf('server/programs/shenzhen-2008')
  city.edit('programme.json', (text) => {
    const { issues, regulation, ...others } = JSON.parse(text) as Record<string, unknown>
    expect([issues, regulation]).not.toContain(undefined)
    return JSON.stringify(others)
  })
  expect(city.faults()).toEqual([expect.stringMatching(/^simulation\.json: it has legal questions/)])
  city.remove()
})

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkProgramme, reportOf } from '../../server/tools/programme/check.ts'
import { copyOf, type Folder } from './folder.ts'

const PROGRAMS = 'server/programs'
let folder: Folder
beforeEach(() => {
  folder = copyOf()
})
afterEach(() => folder.remove())

interface Parts {
  startsOn: string
  counters: { key: string; within: string | null }[]
  levels: object[]
  pace: object
  reporting: object
  issues: object
  baselines: { inForceFrom: string; targets: object[] }[]
}
const json = (change: (programme: Parts) => unknown) =>
  folder.edit('programme.json', (text) => {
    const programme = JSON.parse(text) as Parts
    change(programme)
    return JSON.stringify(programme, null, 1)
  })
const target = (more: object) => json((p) => Object.assign(p.baselines[0]!.targets[0]!, more))
const calendar = (more: object) =>
  folder.write('calendar.json', JSON.stringify({ source: 'none', weekend: [0, 6], off: [], work: [], ...more }))
/** the doubts without their places, of a programme without faults */
const said = () => {
  expect(folder.faults()).toEqual([])
  return folder.doubts().map((line) => line.replace(/^[^:]+: /, ''))
}

describe('O8 what is suspicious is listed, and stops nothing', () => {
  test.each(readdirSync(PROGRAMS, { withFileTypes: true }).filter((e) => e.isDirectory()))(
    'nothing of $name',
    ({ name }) => {
      expect(checkProgramme(join(PROGRAMS, name)).doubts).toEqual([])
    },
  )

  test('nothing of the trial programme', () => expect(said()).toEqual([]))

  test.each<[object, string]>([
    [{ threshold: 60.5 }, 'a coverage of 60.5 is 6,050% of its base. Write 0.605 for 60.5%.'],
    [{ threshold: 1.05 }, 'a coverage of 1.05 is 105% of its base. Write 0.0105 for 1.05%.'],
    [{ measure: 'count', threshold: 0.9, base: null }, '0.9 is less than one. Only a coverage is a share.'],
    [
      { measure: 'count', threshold: 9 },
      'only a coverage has a base; by what a count is shared out stands in "shareBy".',
    ],
    [{ due: '2027-07-01' }, 'it is due on 2027-07-01, after 2027-06-30, the last day on which anything is reported.'],
    [
      { path: { from: '2026-10-01' } },
      'the path begins on 2026-10-01, before 2026-11-02, the first day of the programme, so that everybody is behind on it.',
    ],
    [
      { path: { from: '2026-11-02', start: { D1: 900 } } },
      'it starts from 900 and has to reach 900, so that nothing is left to do.',
    ],
  ])('a target with %o', (more, says) => {
    target(more)
    expect(said()).toEqual([says])
    expect(folder.doubts()[0]).toMatch(/^programme\.json line \d+, baselines\.0\.targets\.0\./)
  })

  test('a target that is due before anything is reported', () => {
    target({ due: '2026-10-30', path: { from: '2026-10-01' } })
    expect(said()).toContain('it is due on 2026-10-30, before 2026-11-02, the first day on which anything is reported.')
  })

  test.each([
    ['C,1000', 'C,100', 2],
    ['C,1000', 'C,10000', 2],
    ['D2,400', 'D2,4000', 2],
    ['D2,400', 'D2,40', 2],
  ])('the base of a whole that is far from the sum of its parts: %s as %s', (from, to, row) => {
    folder.edit('bases.csv', (text) => text.replace(from, to))
    expect(folder.faults()).toEqual([])
    expect(folder.doubts()).toEqual([
      expect.stringMatching(
        new RegExp(
          `^bases\\.csv row ${row}, column value: "C" has [\\d,]+, and the units below it together have [\\d,]+\\.`,
        ),
      ),
    ])
  })

  test('a base that is near the sum of its parts, and one of which a part is not known', () => {
    folder.edit('bases.csv', (text) => text.replace('C,1000', 'C,1090'))
    expect(said()).toEqual([])
    folder.edit('bases.csv', (text) => text.replace(/^.*D2,400.*\n/m, ''))
    expect(said()).toEqual([
      'below "C" there is no base "people" for D2, so they have no part of the target, and the others have all of it.',
    ])
  })

  test('a base that no target uses', () => {
    folder.edit('bases.csv', (text) => `${text.trimEnd()}\nhomes,1,C,50,2026-01-01,no,x\n`)
    folder.edit('programme.json', (text) => text.replace('"definitions": {', '"definitions": { "homes": "Homes",'))
    expect(said()).toEqual(['no target uses the base "homes".'])
  })

  test('a day both off and worked, twice in a list, or a make-up day that is a working day anyway', () => {
    const day = (day: string) => ({ day, name: 'x' })
    calendar({
      off: [day('2026-11-09'), day('2026-11-10'), day('2026-11-10')],
      work: [day('2026-11-09'), day('2026-11-14'), day('2026-11-11')],
    })
    expect(said()).toEqual([
      '2026-11-10 stands in "off" twice.',
      '2026-11-09 stands in "off" as well; it is worked. Take it out of one of the two.',
      '2026-11-11 is a working day anyway, and no make-up day.',
    ])
    expect(folder.doubts()[0]).toMatch(/^calendar\.json line 1, off\.2\.day: /)
  })

  test('working days without a weekend', () => {
    json((p) => Object.assign(p.reporting, { expected: 'workdays' }))
    expect(said()).toEqual([expect.stringContaining('there is no weekend')])
  })

  test('numbers of questions that come again, a limit in shares, a deadline as the day begins, counters within each other', () => {
    json((p) => {
      Object.assign(p.issues, { series: 'No. {n}' })
      Object.assign(p.pace, { severe: -0.05 })
      Object.assign(p.reporting, { deadline: '00:00' })
      p.counters[0]!.within = 'issued'
    })
    expect(said()).toEqual([
      expect.stringContaining('-0.05 is less than one percentage point'),
      expect.stringContaining('the deadline passes as soon as the day begins'),
      expect.stringContaining('"accepted" and "issued" cannot each be within the other'),
      expect.stringContaining('"issued" and "accepted" cannot each be within the other'),
      expect.stringContaining('without {year} those of two years have the same numbers'),
    ])
  })

  test('more levels of review than there are levels of the tree', () => {
    json((p) => Object.assign(p.reporting, { reviewLevels: 3 }))
    expect(said()).toEqual([])
    json((p) => Object.assign(p.reporting, { reviewLevels: 4 }))
    expect(said()).toEqual([expect.stringContaining('there are 4 levels of review, but the tree of units has 3')])
  })

  test('a baseline that never comes into force, a level without units, levels in the wrong order', () => {
    json((p) => {
      p.baselines.push({ ...p.baselines[0]!, inForceFrom: '2027-08-01', ...{ key: 'T2' } })
      p.levels.unshift({ key: 'village', name: 'Village' })
    })
    expect(said()).toEqual([
      expect.stringContaining('so the baseline never comes into force'),
      'no unit is of the level "village".',
    ])
    folder.edit('units.csv', (text) => text.replace('street,D1', 'district,D1'))
    expect(said()).toContain(
      '"district" does not come after "district", the level of the unit above it, in programme.json.',
    )
  })

  test('a unit that ends and goes on nowhere, one that is carried on too late, one that ends with all, two of one name', () => {
    folder.edit('units.csv', (text) =>
      text
        .replace(/,$/gm, ',,,')
        .replace('starts_on', 'starts_on,ends_on,into')
        .replace(/^(S1.*),,,$/m, '$1,,2026-11-30,')
        .replace(/^(S2.*),,,$/m, '$1,,2026-11-30,S3')
        .replace(/^(S3.*),,,$/m, '$1,2026-12-15,,')
        .replace(/^(S4.*),,,$/m, '$1,,2027-06-30,S5')
        .replace(/^S5,.*?,street/m, 'S5,松街道,Pine,松街道,Pine,street'),
    )
    expect(said()).toEqual([
      expect.stringContaining('it ends, and no unit carries it on'),
      '"S3", which carries it on, starts on 2026-12-15 only, after its end on 2026-11-30.',
      expect.stringContaining('it ends with the programme or later'),
      '"Pine" is the name of S4 too, which has the same unit above it.',
    ])
  })

  test('J9 a unit that has the name of a row of sums', () => {
    folder.edit('units.csv', (text) => `${text}S9,合计,Total,合计,Total,street,D2,\n`)
    expect(folder.doubts()).toEqual([
      'units.csv row 10, column name_zh: "Total" is what a row of sums is called. Take the row out, if it is one: sums are made, not reported.',
    ])
  })

  test.each([
    ['深圳', 'æ·±åœ³'],
    ['Zürich', 'ZÃ¼rich'],
    ['Elm’s', 'Elmâ€™s'],
    ['北�', '北�'],
  ])('%s saved in another encoding and read as %s', (_, garbled) => {
    folder.edit('units.csv', (text) => text.replace('Elm', garbled))
    expect(said()[0]).toContain('looks as if it had been saved in another encoding')
  })

  test.each(['Zürich', 'Åre', 'São Paulo', 'Ñuñoa', 'Überlingen', 'L’Aquila', '“Ö” – ß', 'Âgé'])(
    '%s is a name',
    (name) => {
      folder.edit('units.csv', (text) => text.replace('Elm', name))
      expect(said()).toEqual([])
    },
  )
})

describe('O8 what is printed and the code of the end', () => {
  const report = () => reportOf('PATH', checkProgramme(folder.path), '2026-11-26')

  test('0 where there is nothing to say', () => {
    expect(report()).toEqual({
      code: 0,
      lines: [
        '"trial-2026" can be started: 8 units, 5 of which report; 2 counters, 1 target, from 2026-11-02 to 2027-06-30.',
        '  npm start -- --program PATH',
      ],
    })
    expect(reportOf('PATH', checkProgramme(folder.path), '2027-07-01').lines).toContain(
      'It is over since 2027-06-30: to try it at a day of its own, add --day DAY.',
    )
  })

  test('2 where something is only suspicious', () => {
    target({ threshold: 60.5 })
    expect(report()).toMatchObject({
      code: 2,
      lines: [
        expect.stringMatching('^1 thing is suspicious:$'),
        expect.stringMatching('^  programme.json line'),
        expect.anything(),
        expect.anything(),
      ],
    })
  })

  test('1 where there are faults, all of them', () => {
    target({ counter: 'x' })
    folder.edit('bases.csv', (text) => text.replace(',600,', ',-600,'))
    expect(report()).toMatchObject({
      code: 1,
      lines: [
        expect.stringMatching('^2 faults:$'),
        expect.anything(),
        expect.anything(),
        'A server does not start with this.',
      ],
    })
    expect(reportOf('/nowhere', checkProgramme('/nowhere'), '2026-11-26')).toEqual({
      code: 1,
      lines: ['1 fault:', '  /nowhere: there is no such folder.', 'A server does not start with this.'],
    })
  })
})

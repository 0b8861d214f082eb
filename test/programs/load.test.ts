import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadProgramme } from '../../server/programs/load.ts'
import { faultLine } from '../../server/programs/words.ts'

const PROGRAMS = 'server/programs'
let dir: string

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'programme-'))
  cpSync(join(PROGRAMS, 'shenzhen-2008'), dir, { recursive: true })
})
afterEach(() => rmSync(dir, { recursive: true }))

const edit = (file: string, change: (text: string) => string) =>
  writeFileSync(join(dir, file), change(readFileSync(join(dir, file), 'utf8')))
const faults = () => {
  const loaded = loadProgramme(dir)
  return loaded.ok ? [] : loaded.faults.map(faultLine)
}

describe('a programme directory', () => {
  const all = readdirSync(PROGRAMS, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  test.each(all.map((entry) => entry.name))('O3 %s loads without a fault', (name) => {
    const loaded = loadProgramme(join(PROGRAMS, name))
    expect(loaded.ok ? [] : loaded.faults.map(faultLine)).toEqual([])
    expect(loaded.ok && loaded.programme.key).toBe(name)
  })

  test('O3 sheets: every fault is listed at once, by row and column', () => {
    edit('units.csv', (text) =>
      text
        .replace('440303001,桂园街道,Guiyuan Subdistrict', '440303001,,')
        .replace('street,440303,\n', 'street,440399,\n')
        .replace('2007-09-12', '2007-02-29')
        .replace('黄贝,Huangbei,street', '黄贝,Huangbei,village'),
    )
    edit('bases.csv', (text) =>
      text.replace(',12000000,', ',12e6,').replace('permit,2008-plan,440303,', 'people,2008-plan,440303,'),
    )
    expect(faults()).toEqual([
      'bases.csv row 2, column value: "12e6" is no whole number. Write it in digits, such as 3167034.',
      'programme.json line 19, definitions.people: bases.csv has rows with the key "people", and "definitions" does not say what it counts. Add "people": { "en": "…" } there, or correct the key in bases.csv.',
      'units.csv row 8, column starts_on: "2007-02-29" is no day of the calendar. Write a day as year-month-day, such as 2026-03-31.',
      'units.csv row 10, column name_zh: the unit has no name. Fill in name_zh, name_en or both.',
      'units.csv row 10, column parent: "440399" is the code of no row. Write the code of the unit above it, or leave it blank for the topmost unit.',
      'units.csv row 11, column level: "village" is none of the levels in programme.json. Write the key of one of them.',
    ])
  })

  test('O3 programme.json: faults of shape and of reference are listed by path', () => {
    edit('programme.json', (text) =>
      text
        .replace('"timeZone": "Asia/Shanghai",', '"timezone": "Asia/Shanghai",')
        .replace('"due": "2008-06-30"', '"due": "2008-06-31"'),
    )
    expect(faults()).toEqual([
      'programme.json line 1, timeZone: is missing. Write a text in quotation marks.',
      'programme.json line 57, baselines.0.targets.1.due: "2008-06-31" is no day of the calendar. Write a day as year-month-day, such as 2026-03-31.',
      'programme.json line 5, timezone: "timezone" is a name that means nothing here. Correct it, or take it out.',
    ])
    edit('programme.json', (text) => text.replace('"timezone"', '"timeZone"').replace('2008-06-31', '2008-01-30'))
    edit('programme.json', (text) => text.replace('"within": "cleared"', '"within": "granted"'))
    expect(faults()).toEqual([
      'programme.json line 16, counters.2.within: "granted" is the key of no other counter. Name the counter that this one cannot exceed, or write null.',
      'programme.json line 57, baselines.0.targets.1.due: the target is due on 2008-01-30, but its path begins only on 2008-02-01. Correct "due", or "from" under "path".',
    ])
  })

  test('O3 files that cannot be read hide no fault of the others', () => {
    edit('calendar.json', (text) => text.replace('"weekend":', '"weekend"'))
    edit('units.csv', (text) => text.replace('440303001,', '440303 001,'))
    const lines = faults()
    expect(lines[0]).toBe('calendar.json line 6, column 13: is not JSON: a colon is missing after "weekend".')
    expect(lines.slice(1)).toEqual([
      'units.csv row 10, column code: "440303 001" is not a code: 1 to 40 letters A to Z, digits, ".", "_" or "-", beginning with a letter or digit.',
      'bases.csv row 10, column unit: units.csv has no unit "440303001". Correct the code, or add the unit.',
    ])
    rmSync(join(dir, 'programme.json'))
    expect(faults()).toContain(
      'programme.json: the file is missing. A programme has programme.json, units.csv, bases.csv and calendar.json.',
    )
    expect(faults().join()).toContain('units.csv row 10, column code: "440303 001" is not a code')
  })

  test('O3 a sheet with a wrong header or a broken quote says where', () => {
    edit('units.csv', (text) => text.replace('level,', 'rank,'))
    edit('bases.csv', (text) => text.replace('permit,2008-plan,440304,', '"permit,2008-plan,440304,'))
    const lines = faults()
    expect(lines).toContain('units.csv row 1: the column "level" is missing. Add it.')
    expect(lines).toContain(
      'units.csv row 1, column 6: no column is called "rank". Correct the heading, or take the column out.',
    )
    expect(lines.find((line) => line.startsWith('bases.csv row '))).toMatch(
      /^bases\.csv row \d+: a quotation mark begins here/,
    )
    expect(lines).toHaveLength(3)
  })

  test('O3 ends, successors and rhythms stand in columns that a sheet may leave out', () => {
    const trial = 'test/fixtures/trial-programme'
    const plain = loadProgramme(trial)
    if (!plain.ok) throw new Error(plain.faults.map(faultLine).join('\n'))
    expect(plain.programme.units[5]).toMatchObject({ code: 'S3', endsOn: null, into: null, expected: null })
    cpSync(trial, dir, { recursive: true })
    edit('units.csv', (text) =>
      text
        .replace(/,$/gm, ',,,,')
        .replace('starts_on', 'starts_on,ends_on,into,expected')
        .replace(/^(S3.*),,,$/m, '$1,2026-11-10,S2,')
        .replace(/^(S4.*),$/m, '$1,weekly'),
    )
    const loaded = loadProgramme(dir)
    expect(loaded.ok && loaded.programme.units.slice(5, 7)).toMatchObject([
      { code: 'S3', endsOn: '2026-11-10', into: 'S2', expected: null },
      { code: 'S4', endsOn: null, into: null, expected: 'weekly' },
    ])
    edit('units.csv', (text) => text.replace('2026-11-10,S2', '2026-11-10,D2').replace(',weekly', ',hourly'))
    expect(faults()).toEqual([
      'units.csv row 8, column expected: "hourly" is no rhythm. Write everyDay, workdays, weekly, tenDays or monthly, or leave it blank.',
      'units.csv row 7, column into: "D2" has units below it, so it does not report. Name one that reports.',
    ])
  })
})

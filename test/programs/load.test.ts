import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { faultLine, loadProgramme } from '../../server/programs/load.ts'

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
        .replace('440303001,桂园街道,Guiyuan Subdistrict', '440303001,,Guiyuan Subdistrict')
        .replace('street,440303,\n', 'street,440399,\n')
        .replace('2007-09-12', '2007-02-29')
        .replace('黄贝,Huangbei,street', '黄贝,Huangbei,village'),
    )
    edit('bases.csv', (text) =>
      text.replace(',12000000,', ',12e6,').replace('permit,2008-plan,440303,', 'people,2008-plan,440303,'),
    )
    expect(faults()).toEqual([
      'units.csv row 8, starts_on: day.invalid',
      'units.csv row 10, name_zh: input.required',
      'bases.csv row 2, value: input.type expected=number',
      'bases.csv row 3, key: input.required expected=object',
      'units.csv row 10, parent: unit.unknown unit=440399',
      'units.csv row 11, level: input.invalid name=village',
    ])
  })

  test('O3 programme.json: faults of shape and of reference are listed by path', () => {
    edit('programme.json', (text) =>
      text
        .replace('"timeZone": "Asia/Shanghai",', '"timezone": "Asia/Shanghai",')
        .replace('"due": "2008-06-30"', '"due": "2008-06-31"'),
    )
    expect(faults()).toEqual([
      'programme.json timeZone: input.required expected=string',
      'programme.json baselines.0.targets.1.due: day.invalid',
      'programme.json: input.unknownField name=timezone',
    ])
    edit('programme.json', (text) => text.replace('"timezone"', '"timeZone"').replace('2008-06-31', '2008-01-30'))
    edit('programme.json', (text) => text.replace('"within": "cleared"', '"within": "granted"'))
    expect(faults()).toEqual([
      'programme.json counters.2.within: counter.unknown key=granted',
      'programme.json baselines.0.targets.1.due: issue.daysReversed',
    ])
  })

  test('O3 files that cannot be read hide no fault of the others', () => {
    edit('calendar.json', (text) => text.replace('"weekend":', '"weekend"'))
    edit('units.csv', (text) => text.replace('440303001,', '440303 001,'))
    const lines = faults()
    expect(lines[0]).toMatch(/^calendar\.json line 3 column \d+: input\.notJson$/)
    expect(lines.slice(1)).toEqual([
      'units.csv row 10, code: input.invalid',
      'bases.csv row 10, unit: unit.unknown unit=440303001',
    ])
    rmSync(join(dir, 'programme.json'))
    expect(faults()).toContain('programme.json: input.required')
    expect(faults()).toContain('units.csv row 10, code: input.invalid')
  })

  test('O3 a sheet with a wrong header or a broken quote says where', () => {
    edit('units.csv', (text) => text.replace('short_en,', 'short,'))
    edit('bases.csv', (text) => text.replace('permit,2008-plan,440304,', '"permit,2008-plan,440304,'))
    const lines = faults()
    expect(lines).toContain('units.csv row 1, short_en: input.required')
    expect(lines).toContain('units.csv row 1: input.unknownField name=short')
    expect(lines.find((line) => line.startsWith('bases.csv row '))).toMatch(/^bases\.csv row \d+: input\.invalid$/)
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
        .replace('starts_on', 'starts_on,ends_on,into,expected')
        .replace(/^S3.*$/m, '$&,2026-11-10,S2,')
        .replace(/^S4.*$/m, '$&,,,weekly'),
    )
    const loaded = loadProgramme(dir)
    expect(loaded.ok && loaded.programme.units.slice(5, 7)).toMatchObject([
      { code: 'S3', endsOn: '2026-11-10', into: 'S2', expected: null },
      { code: 'S4', endsOn: null, into: null, expected: 'weekly' },
    ])
    edit('units.csv', (text) => text.replace('2026-11-10,S2', '2026-11-10,D2').replace(',weekly', ',hourly'))
    expect(faults()).toEqual([
      'units.csv row 8, expected: input.invalid',
      'units.csv row 7, into: unit.notReporting unit=D2',
    ])
  })
})

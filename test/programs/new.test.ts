import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadProgramme } from '../../server/programs/load.ts'
import { answersIn, asking } from '../../server/tools/programme/answers.ts'
import { askProgramme } from '../../server/tools/programme/ask.ts'
import { checkProgramme } from '../../server/tools/programme/check.ts'
import { runMain } from '../support/mainProcess.ts'

describe('a new programme', { timeout: 120_000 }, () => {
  let dir: string
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'new-programme-'))
  })
  afterAll(() => rmSync(dir, { recursive: true }))

  const tool = (args: string[], input = '') => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['server/tools/programme.ts', ...args], {
      input,
      encoding: 'utf8',
    })
    return { status, out: stdout, err: stderr }
  }
  const answersOf = (name: string, answers: object) => {
    const file = join(dir, `${name}.answers.json`)
    writeFileSync(file, JSON.stringify(answers))
    return file
  }
  const fromFile = (name: string, answers: object) =>
    tool(['new', join(dir, name), '--answers', answersOf(name, answers)])
  /** what the tool ends with, without a process of its own */
  const refusedBy = async (answers: object) => {
    const given = answersIn(answersOf('wrong', answers))
    await askProgramme(given, 'wrong', '2026-11-02', 'Europe/Berlin')
    given.close()
  }
  const programmeIn = (name: string) => {
    const loaded = loadProgramme(join(dir, name))
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults))
    return loaded.programme
  }

  const LEAST = {
    name: 'Bus passes',
    item: 'passes',
    whole: 'Rivertown',
    units: ['North: Oak, Elm', 'South'],
    target: '5,000',
    timeZone: 'Europe/Berlin',
  }

  test('O8 F33 is asked for on the terminal, passes the check and starts', async () => {
    const lines = [
      '',
      'Bus passes',
      '',
      'passes',
      'requests, passes',
      'requests',
      'Europe/Berlin',
      '',
      '',
      '',
      '',
      'Rivertown',
      '',
    ]
    lines.push(
      'North: Oak, Elm',
      'South',
      '',
      '',
      '2',
      '',
      '',
      '08:30',
      '97.5%',
      'yes',
      '',
      '400',
      '200',
      '400',
      'census',
      'yes',
      '60.5%',
      '',
      '',
      'yes',
    )
    const made = tool(['new', join(dir, 'typed')], `${lines.join('\n')}\n`)
    expect([made.status, made.err]).toEqual([0, ''])
    expect(checkProgramme(join(dir, 'typed'))).toMatchObject({ faults: [], doubts: [] })
    const { key, units, bases, baselines, counters, issues, roles, reporting } = programmeIn('typed')
    expect(reporting).toMatchObject({
      reviewLevels: 2,
      escalation: { districtAfter: 30, supervisionAt: '08:30', onTimeGoal: 0.975 },
    })
    expect([key, units.map((u) => [u.code, u.parent, u.name.en])]).toEqual([
      'typed',
      [
        ['T', null, 'Rivertown'],
        ['U1', 'T', 'North'],
        ['U1-1', 'U1', 'Oak'],
        ['U1-2', 'U1', 'Elm'],
        ['U2', 'T', 'South'],
      ],
    ])
    expect(bases.map((b) => [b.unit, b.value, b.official])).toEqual([
      ['T', 1_000, true],
      ['U1', 600, true],
      ['U1-1', 400, true],
      ['U1-2', 200, true],
      ['U2', 400, true],
    ])
    expect(baselines[0]!.targets[0]).toMatchObject({ measure: 'coverage', threshold: 0.605, base: 'people', unit: 'T' })
    expect(counters.map((c) => [c.key, c.name.en, c.within, c.cumulative])).toEqual([
      ['requests', 'requests', null, true],
      ['passes', 'passes', 'requests', undefined],
    ])
    expect([issues?.series, roles.legal?.en]).toEqual(['No. {n} of {year}', 'Legal office'])
    const main = runMain({ DATA: join(dir, 'typed.db') }, ['--program', join(dir, 'typed')])
    await main.url()
    expect(main.out.out).toContain('Bus passes — http')
    expect(main.out.out).not.toContain('suspicious')
    main.child.kill('SIGTERM')
    expect(await main.ended).toBe(0)
  })

  test('O8 is made from a file of answers, without a base and without legal questions', () => {
    const made = fromFile('least', LEAST)
    expect([made.status, made.err]).toEqual([0, ''])
    const { baselines, bases, issues, roles, name, units } = programmeIn('least')
    expect(baselines[0]!.targets[0]).toMatchObject({ measure: 'count', threshold: 5_000, base: null, shareBy: null })
    expect([bases, issues, roles.legal, name.zh, units.length]).toEqual([[], null, null, 'Bus passes', 5])
    expect(programmeIn('least').reporting).toMatchObject({ reviewLevels: 0, escalation: { onTimeGoal: 0.95 } })
  })

  test('O8 E4 it reminds nobody where nobody is to be reminded', () => {
    expect(fromFile('quiet', { ...LEAST, reminders: false, reviewLevels: 1 })).toMatchObject({ status: 0, err: '' })
    expect(programmeIn('quiet').reporting).toMatchObject({ reviewLevels: 1 })
    expect(programmeIn('quiet').reporting.escalation).toBeUndefined()
  })

  test('O7 is in Chinese alone, too', () => {
    const made = fromFile('zh', {
      ...LEAST,
      language: 'zh',
      name: '公交卡',
      counters: '受理、发证',
      units: ['北区：橡树、榆树', '南区'],
      legal: 'yes',
    })
    expect([made.status, made.err]).toEqual([0, ''])
    const { counters, units, issues, roles } = programmeIn('zh')
    expect(counters.map((c) => [c.name.zh, c.within])).toEqual([
      ['受理', null],
      ['发证', 'c1'],
    ])
    expect(counters[0]!.key, 'nothing of the name can stand in a key').toBe('c1')
    expect([units[2]!.name.zh, issues!.series, roles.office.en]).toEqual(['橡树', '〔{year}〕{n}号', '主管部门'])
  })

  test('O8 its counters have keys that can be read, from their names or as they are given', () => {
    const made = fromFile('keys', { ...LEAST, counters: 'Applications received, Geprüft, issued=发证' })
    expect([made.status, made.err]).toEqual([0, ''])
    expect(programmeIn('keys').counters.map((c) => [c.key, c.name.en])).toEqual([
      ['applications-received', 'Applications received'],
      ['gepruft', 'Geprüft'],
      ['issued', '发证'],
    ])
  })

  test('O8 takes its units from a table, in any order of its rows, with their bases', () => {
    const file = join(dir, 'towns.csv')
    writeFileSync(file, 'name;parent;base\nOak;North;"1,400"\nNorth;;\n"Elm, old";North;200\nSouth;;400\n')
    const made = fromFile('table', { ...LEAST, units: undefined, unitsFile: file, target: '90%' })
    expect([made.status, made.err]).toEqual([0, ''])
    const { units, bases } = programmeIn('table')
    expect(units.map((u) => [u.name.en, u.level])).toEqual([
      ['Rivertown', 'level1'],
      ['North', 'level2'],
      ['Elm, old', 'level3'],
      ['South', 'level2'],
      ['Oak', 'level3'],
    ])
    expect(Object.fromEntries(bases.map((b) => [b.unit, b.value]))).toEqual({
      T: 2_000,
      U2: 1_600,
      U4: 400,
      U1: 1_400,
      U3: 200,
    })
  })

  test.each<[string, object, string]>([
    ['a day that there is not', { startsOn: '2026-02-30' }, 'startsOn is "2026-02-30", no day such as 2026-03-31'],
    [
      'an end before the start',
      { startsOn: '2026-03-01', endsOn: '2026-03-01' },
      'endsOn is 2026-03-01, not after 2026-03-01',
    ],
    ['a rhythm', { rhythm: 'daily' }, 'rhythm is "daily", not one of everyDay, workdays, weekly, tenDays, monthly'],
    ['a rhythm that two begin with', { rhythm: 'w' }, 'rhythm is "w", not one of'],
    ['a share of nothing', { target: '90%' }, 'target is a share, and it is not known of what'],
    ['a target', { target: 'many' }, 'target is "many", no whole number above 0'],
    ['more approvals than levels', { reviewLevels: '4' }, 'reviewLevels is "4", no number of approvals from 0 to 3'],
    ['minutes', { districtAfter: '-5' }, 'districtAfter is "-5", no number of minutes from 0 to 1440'],
    ['a time of supervision', { supervisionAt: '9' }, 'supervisionAt is "9", no time such as 17:30'],
    ['a goal', { onTimeGoal: '0.95' }, 'onTimeGoal is "0.95", not a share from 0 to 100%'],
    ['a time', { deadline: '25:00' }, 'deadline is "25:00", no time such as 17:30'],
    ['a time zone', { timeZone: 'Rivertown' }, 'timeZone is "Rivertown", no time zone such as Europe/Berlin'],
    ['a key', { key: 'a b' }, 'key is "a b", not 1 to 40 letters, digits, ".", "_" or "-"'],
    ['no units', { units: [] }, 'needs at least one unit'],
    ['no name', { name: undefined }, 'name needs an answer'],
    ['counters', { counters: 'a, a' }, 'counters names one of them twice'],
    ['counters that are none', { cumulative: 'b' }, 'cumulative has "b", which is none of the counters'],
    ['keys of counters', { counters: 'New!, new?' }, 'counters has two with the short name "new"'],
    ['a key of a counter', { counters: 'a b = Applications' }, 'counters has "a b", not 1 to 40 letters'],
    ['what is not asked', { colour: 'red' }, 'answers what was not asked: colour'],
  ])('O8 says what is wrong with %s', async (_, more, says) => {
    await expect(refusedBy({ ...LEAST, ...more })).rejects.toThrow(says)
  })

  test.each([
    ['a row of sums', 'name,base\nOak,100\nElm,90\nTotal,190\n', 'has "Total" in row 4'],
    ['a row of sums in Chinese', 'name,base\n合计：,190\n橡树,100\n', 'has "合计：" in row 2'],
    [
      'figures in two ways',
      'name;base\nOak;1.000\nElm;1,000\n',
      'row 2, column base: "1.000" and "1,000" of one column',
    ],
    ['a title', 'Towns,,\nname,parent,base\nOak,,5\n', 'row 1: "Towns" stands above the headings'],
  ])('J8 O8 says what is wrong with %s in a table of units', async (_, table, says) => {
    const unitsFile = join(dir, 'wrong.csv')
    writeFileSync(unitsFile, table)
    await expect(refusedBy({ ...LEAST, units: undefined, unitsFile })).rejects.toThrow(says)
  })

  test('O8 what is wrong ends it, and nothing is written', () => {
    const made = fromFile('daily', { ...LEAST, rhythm: 'daily' })
    expect([made.status, made.err]).toEqual([1, expect.stringMatching(/rhythm is "daily", not one of .*\.$/m)])
    expect(existsSync(join(dir, 'daily'))).toBe(false)
  })

  test('O8 yes and no may be true and false in a file of answers', () => {
    const made = fromFile('truth', { ...LEAST, legal: true, bases: false })
    expect(made).toMatchObject({ status: 0, err: '' })
    expect(programmeIn('truth')).toMatchObject({ bases: [], roles: { legal: { en: 'Legal office' } } })
    expect(fromFile('lie', { ...LEAST, legal: 1 }).err).toContain('legal is "1", not one of yes, no')
  })

  test('O8 whoever leaves the terminal has answered nothing, and what is piped ends with what is usual', async () => {
    const answered = async (isTTY: boolean) => {
      const input = Object.assign(new PassThrough(), { isTTY })
      const shown: string[] = []
      const output = new PassThrough().on('data', (text: Buffer) => shown.push(String(text)))
      const answers = asking(input, output)
      input.end('Bus passes\n')
      const ask = (id: string, usual?: string) =>
        answers.ask({ id, asks: id, ...(usual === undefined ? {} : { usual }), read: (text) => text })
      const first = await ask('name')
      const second = await ask('rhythm', 'weekly').catch((error: Error) => error.message)
      return { first, second, shown: shown.join('') }
    }
    expect(await answered(true)).toMatchObject({ first: 'Bus passes', second: 'stopped; nothing was written' })
    // a line of its own for each question, since no terminal shows what is piped
    expect(await answered(false)).toEqual({
      first: 'Bus passes',
      second: 'weekly',
      shown: 'name: Bus passes\nrhythm [weekly]: \n',
    })
  })

  test('O8 says what is wrong with the file of answers', () => {
    const file = join(dir, 'broken.answers.json')
    const made = () => tool(['new', join(dir, 'broken'), '--answers', file])
    expect(made().err).toContain('broken.answers.json is not there')
    writeFileSync(file, '{"name": "a",\n "name": "b",\n}')
    expect(made().err).toContain('broken.answers.json line 3, column 1: is not JSON: a comma stands before')
    writeFileSync(file, '{"name": "a",\n "name": "b"}')
    expect(made()).toMatchObject({
      status: 1,
      err: expect.stringContaining('line 2, name: "name" stands there twice') as string,
    })
  })

  test('O8 takes no folder that has something in it', () => {
    mkdirSync(join(dir, 'full'))
    writeFileSync(join(dir, 'full/mine.txt'), 'x')
    const made = fromFile('full', LEAST)
    expect([made.status, made.err]).toEqual([1, expect.stringContaining('full is not empty')])
    expect(readdirSync(join(dir, 'full'))).toEqual(['mine.txt'])
  })

  test('O8 the tool says how it is called, and ends with what it found', () => {
    const ways = [[], ['mend', 'a'], ['check', 'a', '--fast']]
    const more =
      process.env.FULL === undefined ? [] : [['check'], ['check', 'a', 'b'], ['check', 'a', '--answers', 'b']]
    for (const args of [...ways, ...more]) {
      const { status, err } = tool(args)
      expect([status, err]).toEqual([1, expect.stringContaining('npm run programme -- check PATH')])
    }
    expect(tool(['check', 'shenzhen-2008'])).toMatchObject({ status: 0, err: '' })
    expect(tool(['check', '/nowhere'])).toMatchObject({ status: 1, out: '' })
  })
})

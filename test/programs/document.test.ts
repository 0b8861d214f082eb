/** `docs/programme.md` is true: its example is checked, started and reported for, and it names every part of a programme. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { baselineSchema, calendarSchema, programmeSchema } from '../../shared/domain/programme.ts'
import { UNIT_COLUMNS, BASE_COLUMNS } from '../../server/programs/columns.ts'
import { checkProgramme, reportOf } from '../../server/tools/programme/check.ts'
import { newId } from '../support/core.ts'
import { runMain } from '../support/mainProcess.ts'
import { createClient, PASSWORD } from '../support/server.ts'
import { copyOf } from './folder.ts'

const document = readFileSync(join(import.meta.dirname, '../../docs/programme.md'), 'utf8')
/** those of a recorded source are tried in `test/tools/recordedDocument.test.ts` */
const [programme] = document.split('## Replay of a recorded source')
const files = [...programme!.matchAll(/^```(?:csv|json) (\S+)\n([\s\S]*?)^```$/gm)].map((m) => [m[1]!, m[2]!] as const)

describe('docs/programme.md', { timeout: 120_000 }, () => {
  let dir: string
  let folder: string
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'document-'))
    folder = join(dir, 'my-programme')
    mkdirSync(folder)
    for (const [file, text] of files) writeFileSync(join(folder, file), text)
  })
  afterAll(() => rmSync(dir, { recursive: true }))

  test('O8 its example is whole, and the check has nothing to say', () => {
    expect(files.map(([file]) => file)).toEqual(['units.csv', 'bases.csv', 'calendar.json', 'programme.json'])
    const checked = checkProgramme(folder)
    expect(checked).toMatchObject({ faults: [], doubts: [] })
    expect(reportOf(folder, checked, '2026-11-26').code).toBe(0)
  })

  test('O8 its faults are what the check says', () => {
    const copy = copyOf(folder)
    copy.edit('units.csv', (text) => text.replace('S,South District,district,T', 'S,South District,district,X'))
    copy.edit('bases.csv', (text) => text.replace(',10000,', ',27613.09,'))
    copy.edit('programme.json', (text) => text.replace('"due": "2027-06-30"', '"due": "2026-01-30"'))
    const [, shown] = /^```\n(\d faults:\n[\s\S]*?)^```$/m.exec(document)!
    const { lines } = reportOf(copy.path, checkProgramme(copy.path), '2026-11-26')
    const sorted = (text: readonly string[]) => text.filter((line) => line.startsWith('  ')).toSorted()
    expect(sorted(lines)).toEqual(sorted(shown!.split('\n')))
    copy.remove()
  })

  test('O8 it names every part of a programme, every column, and the defaults that the schema has', () => {
    const target = Object.keys(baselineSchema.shape.targets.element.shape)
    const names = [programmeSchema, calendarSchema, baselineSchema].flatMap((schema) => Object.keys(schema.shape))
    for (const name of [...names, ...target].filter((n) => !['units', 'bases', 'calendar'].includes(n)))
      expect(document, name).toContain(`\`${name}\``)
    for (const { key } of [...UNIT_COLUMNS, ...BASE_COLUMNS])
      if (!/^(name|short|source)_/.test(key)) expect(document, key).toMatch(new RegExp(`^\\| \`${key}\` +\\|`, 'm'))
    const { reporting, pace, roles } = programmeSchema.shape
    expect(reporting.parse({ deadline: '17:30', expected: 'weekly' })).toMatchObject({ graceDays: 0, reviewLevels: 0 })
    expect(pace.parse(undefined)).toEqual({ severe: -5 })
    expect(roles.parse({ office: 'a', district: 'b', viewer: 'c' }).legal).toBeNull()
    expect(baselineSchema.shape.targets.element.shape.path.parse({ from: '2026-01-01' })).toEqual({
      from: '2026-01-01',
      start: {},
      ramp: { workdays: 0, from: 1 },
    })
  })

  test('O7 I7 C23 its example starts on a chosen day, in one language and without a legal side, and takes a first report', async () => {
    const copy = copyOf(folder)
    // whatever the time is, the day can still be reported without a reason
    copy.edit('programme.json', (text) => text.replace('"deadline"', '"graceDays": 1, "deadline"'))
    const main = runMain({ DATA: join(dir, 'trial.db') }, ['--program', copy.path, '--day', '2026-12-01'])
    const client = createClient(main.url, '')
    await main.url()
    expect(main.out.out).toContain('It is 2026-12-01 here')
    const [, token] = /\/join#([\w-]+)/.exec(main.out.out)!
    const account = { token, name: 'Office', login: 'office', password: PASSWORD }
    const joined = await client.post('/api/v1/invitations/join', account)
    expect(joined.status).toBe(200)
    const socket = await client.socket()
    // the clock of the store has this machine's time of day: in the evening the day is due, and wants a reason
    const item = { unit: 'N', day: '2026-12-01', values: { requested: 40, issued: 30 }, basedOn: 0, reason: 'late' }
    const report = { items: [item] }
    const answer = await socket.emitWithAck('command', { id: newId(), kind: 'SubmitReports', data: report })
    expect(answer).toMatchObject({ ok: true })
    const member = { member: 'lawyer', name: 'Lawyer', role: 'legal' as const, unit: 'T' }
    expect(await socket.emitWithAck('command', { id: newId(), kind: 'AddMember', data: member })).toMatchObject({
      ok: false,
      refusals: [{ code: 'issue.notKept', at: 'role' }],
    })
    expect((await client.get('/api/v1/changes?scope=issues')).status).toBe(404)
    expect((await client.get('/api/v1/changes?scope=unit:T')).text).toContain('[1,40,30]')
    socket.close()
    main.child.kill('SIGTERM')
    expect(await main.ended).toBe(0)
    copy.remove()
  })
})

/** Names, titles and logins that would show somebody else, or something else, than what is there (finding S9). */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadProgramme } from '../../server/programs/load.ts'
import { districtA, item, legal, office } from '../support/core.ts'
import { type Client, codes, PASSWORD, startServer, type TestServer } from '../support/server.ts'

const TRICK = 'Payroll\u202Efdp.exe'

let test: TestServer
let boss: Client
beforeAll(async () => {
  test = await startServer()
  boss = await test.as(office)
})
afterAll(() => test.close())

const invite = (name: string) => boss.post('/api/v1/invitations', { name, role: 'viewer', unit: 'A' })
const tokenFor = async (name: string) => new URL(String((await invite(name)).body.link)).hash.slice(1)
const joining = (token: string, name: string, login: string) =>
  test.stranger().post('/api/v1/invitations/join', { token, name, login, password: PASSWORD })

describe('W7 a trick of signs is refused, with the place and the name of the sign,', () => {
  const hidden = (at: string) => ({ refusals: [{ code: 'input.hidden', params: { sign: 'U+202E' }, at }] })

  it('in a name, of whoever invites and of whoever joins', async () => {
    expect((await invite(TRICK)).body).toMatchObject(hidden('name'))
    expect((await joining(await tokenFor('Wu'), TRICK, 'wu')).body).toMatchObject(hidden('name'))
  })

  it('in titles, words and reasons', async () => {
    const lawyer = await test.as(legal)
    const about = { category: 'fees', unit: 'A', from: '2008-01-03', to: null, article: null, counters: [] }
    expect(await lawyer.command('LogIssue', { ...about, title: TRICK, text: 'Text' })).toMatchObject(hidden('title'))
    expect(await lawyer.command('LogIssue', { ...about, title: 'Title', text: TRICK })).toMatchObject(hidden('text'))
    const twoLines = await lawyer.command('LogIssue', { ...about, title: 'One\r\nTwo', text: 'Text' })
    expect(twoLines).toMatchObject({ refusals: [{ code: 'input.lineBreak', at: 'title' }] })
    const district = await test.as(districtA)
    const given = item('A1', '2008-01-03', { issued: 1 }, { type: 'late', reason: TRICK })
    expect(await district.command('SubmitReports', { items: [given] })).toMatchObject(hidden('items.0.reason'))
    const ending = { member: 'viewer', reason: 'a\u0000b' }
    expect(codes(await boss.command('EndMember', ending))).toEqual(['input.hidden'])
  })

  it('in the files of a programme, with row and column; at the ends of a cell it is no part of the name', () => {
    const folder = mkdtempSync(join(tmpdir(), 'border-'))
    cpSync(join(import.meta.dirname, '../fixtures/trial-programme'), folder, { recursive: true })
    const path = join(folder, 'units.csv')
    const [header, first, ...rest] = readFileSync(path, 'utf8').split('\n')
    const name = first!.split(',')[1]!
    const loadedWith = (written: string) => {
      writeFileSync(path, [header, first!.replace(name, written), ...rest].join('\n'))
      return loadProgramme(folder)
    }
    const inside = loadedWith(`${name[0]}\u200B${name.slice(1)}`)
    const around = loadedWith(`\u200B${name}\u202C`)
    rmSync(folder, { recursive: true })
    expect(inside).toMatchObject({ ok: false, faults: [{ file: 'units.csv', code: 'input.hidden' }] })
    expect(inside.ok || inside.faults[0]!.place).toMatch(/^row 2, column name_/)
    if (!around.ok) throw new Error(JSON.stringify(around.faults))
    expect(Object.values(around.programme.units[0]!.name)).toContain(name)
  })
})

describe('N13 a login', () => {
  it('is of signs that are not confused with others', async () => {
    const token = await tokenFor('Zheng')
    // the second and third have a letter of Cyrillic, of Greek
    for (const login of [
      '王伟',
      'zh\u0435ng',
      'zheng\u03BF',
      'zh eng',
      'zh\u200Beng',
      '-zheng',
      'zheng.',
      'zhéng',
      'a\nb',
    ]) {
      const { status, body } = await joining(token, 'Zheng', login)
      expect([login, status, codes(body)]).toEqual([login, 400, ['input.loginSigns']])
    }
    expect((await joining(token, 'Zheng', ' ｚheng.01@A ')).body.me).toMatchObject({ login: 'zheng.01@A' })
  })

  it('does not look like another', async () => {
    expect((await joining(await tokenFor('Mo Lin'), 'Mo Lin', 'molin01')).status).toBe(200)
    const token = await tokenFor('Somebody')
    for (const login of ['rnoIin0i', 'm01in01', 'MOLINOl'])
      expect([login, codes((await joining(token, 'Somebody', login)).body)]).toEqual([login, ['auth.loginAlike']])
    expect(codes((await joining(token, 'Somebody', 'MoLin01')).body)).toEqual(['auth.loginTaken'])
    expect((await joining(token, 'Somebody', 'molin02')).status).toBe(200)
  })

  it('that looks like another is not had by two who join at once', async () => {
    const tokens = [await tokenFor('One'), await tokenFor('Two')]
    const replies = await Promise.all([joining(tokens[0]!, 'One', 'wallm'), joining(tokens[1]!, 'Two', 'vva11rn')])
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it('that is there already is signed in to as it is', async () => {
    await test.account(legal, '李娜')
    expect((await test.stranger().post('/api/v1/session', { login: '李娜', password: PASSWORD })).status).toBe(200)
  })
})

describe('M4 a name', () => {
  it('is refused to whoever invites and to whoever joins, where somebody has it', async () => {
    for (const name of ['Legal', 'lEgal', 'Ｌｅｇａｌ', 'Le gal'])
      expect((await invite(name)).body).toMatchObject({ refusals: [{ code: 'member.nameTaken', at: 'name' }] })
    const [first, second] = [await tokenFor('He Lan'), await tokenFor('He Lan')]
    expect((await joining(first, 'He Lan', 'helan')).status).toBe(200)
    expect((await joining(second, 'He Lan', 'other')).body).toMatchObject({
      refusals: [{ code: 'member.nameTaken', at: 'name' }],
    })
  })
})

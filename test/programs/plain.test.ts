/** A programme in one language, and one without legal questions. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settingOf } from '../../shared/domain/world.ts'
import { programmeSchema } from '../../shared/domain/programme.ts'
import { type RawEvent, readEvent } from '../../shared/event.ts'
import { named, parse } from '../../shared/schema.ts'
import { workdays } from '../../shared/progress/calendar.ts'
import { legal, office, viewer } from '../support/people.ts'
import { tinyProgramme } from '../support/programme.ts'
import { startServer, type TestServer } from '../support/server.ts'

describe('names', () => {
  test('O7 in one language stand for both', () => {
    for (const given of ['Permits', { en: 'Permits' }, { zh: 'Permits' }])
      expect(parse(named, given)).toEqual({ ok: true, value: { zh: 'Permits', en: 'Permits' } })
    expect(parse(named, { zh: '证', en: 'Permits' })).toEqual({ ok: true, value: { zh: '证', en: 'Permits' } })
  })

  test.each<[unknown, { code: string; at?: string; params?: object }]>([
    [undefined, { code: 'input.required', params: { expected: 'object' } }],
    [{}, { code: 'input.required' }],
    ['', { code: 'input.required', at: 'zh' }],
    [{ en: '' }, { code: 'input.required', at: 'en' }],
    [5, { code: 'input.type', params: { expected: 'object' } }],
    [{ en: 'a\nb' }, { code: 'input.lineBreak', at: 'en' }],
    [
      { en: 'a', fr: 'b' },
      { code: 'input.unknownField', params: { name: 'fr' } },
    ],
  ])('O7 %j is no name', (given, refusal) => {
    expect(parse(named, given)).toEqual({ ok: false, refusals: [refusal] })
  })

  test('O7 of holidays and sources have both languages', () => {
    const { calendar, bases } = programmeSchema.shape
    const read = calendar.parse({
      source: 'Council',
      weekend: [0],
      off: [{ day: '2026-01-01', name: { zh: '元旦', en: 'New Year' } }],
    })
    expect(workdays(read).nameOf('2026-01-01')).toEqual({ zh: '元旦', en: 'New Year' })
    expect(read).toMatchObject({ source: { zh: 'Council', en: 'Council' }, work: [] })
    const [base] = tinyProgramme().bases
    expect(bases.parse([{ ...base, source: { zh: '普查' } }])[0]!.source).toEqual({ zh: '普查', en: '普查' })
  })
})

describe('a log of an earlier version', () => {
  test('L11 O7 had one text for sources and holidays, which stands for both languages', () => {
    const now = tinyProgramme()
    const before = {
      ...now,
      bases: now.bases.map((b) => ({ ...b, source: b.source.en })),
      calendar: {
        ...now.calendar,
        source: now.calendar.source.en,
        off: now.calendar.off.map((d) => ({ ...d, name: d.name.en })),
        work: now.calendar.work.map((d) => ({ ...d, name: d.name.en })),
      },
    }
    const raw: RawEvent = {
      seq: 1,
      at: '2008-01-10T09:00:00.000Z',
      actor: 'system',
      command: 'system:OpenProgramme:tiny',
      hash: '00',
      type: 'ProgrammeOpened',
      v: 1,
      data: { programme: before, origin: 'real' },
    }
    const read = readEvent(raw)
    expect(read).toMatchObject({ v: 2, data: { programme: now, origin: 'real' } })
    expect(settingOf(now, 'real').calendar.nameOf('2008-01-01')).toEqual({ zh: 'New Year', en: 'New Year' })
    expect(before.calendar.source).toBe('test')
  })
})

describe('a programme without legal questions', () => {
  let server: TestServer
  beforeAll(async () => {
    const { roles } = tinyProgramme()
    server = await startServer({
      people: false,
      programme: { issues: null, regulation: null, roles: { ...roles, legal: null } },
    })
    const { core } = server.server
    const system = { id: 'system', name: 'system', role: 'system' as const, unit: '' }
    for (const { id, name, role, unit } of [office, viewer])
      await core.dispatch({ id: `add-${id}-person`, kind: 'AddMember', data: { member: id, name, role, unit } }, system)
  })
  afterAll(() => server.close())

  test('I7 has nobody of the legal role, added or invited', async () => {
    const client = await server.as(office)
    const refusal = { code: 'issue.notKept', at: 'role' }
    const member = { member: legal.id, name: legal.name, role: 'legal' as const, unit: 'C' }
    expect(await client.command('AddMember', member)).toEqual({ ok: false, refusals: [refusal] })
    const invited = await client.post('/api/v1/invitations', { name: 'Li', role: 'legal', unit: 'C' })
    expect([invited.status, invited.body.refusals]).toEqual([422, [refusal]])
    expect((await client.post('/api/v1/invitations', { name: 'Li', role: 'viewer', unit: 'C' })).status).toBe(200)
  })

  test('I7 has no list of questions and no question, for anybody', async () => {
    for (const person of [office, viewer]) {
      const client = await server.as(person)
      for (const scope of ['issues', 'issue:1'])
        expect((await client.get(`/api/v1/changes?scope=${scope}`)).body.refusals).toEqual([
          { code: 'scope.unknown', params: { scope } },
        ])
    }
  })

  test('I7 takes no command about them', async () => {
    const client = await server.as(office)
    expect(await client.command('ReplyToIssue', { issue: 1, text: 'x' })).toEqual({
      ok: false,
      refusals: [{ code: 'issue.notKept' }],
    })
  })
})

/** Silence: who is reminded when, and when an item of supervision is open. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hasValue } from '../../shared/domain/figures.ts'
import { cellKey, itemsOf } from '../../shared/domain/silence.ts'
import { QUESTIONS } from '../../shared/domain/values.ts'
import type { World } from '../../shared/domain/world.ts'
import type { DomainEvent, EventData, EventType } from '../../shared/event.ts'
import { dayNumber } from '../../shared/progress/day.ts'
import { districtA, districtB, office, otherA } from '../support/people.ts'
import { tinyProgramme } from '../support/programme.ts'
import { after, ask, began, event, events, fold, given, opened, type Past, passed, reported, SYSTEM } from './given.ts'
import { type Attempt, attempts, DAYS, play } from './random.ts'

const SECOND = '2008-01-02'
const THIRD = '2008-01-03'
const whole = { accepted: 3, issued: 2 }
const cell = (unit: string, day: string) => ({ unit, day })
const of = <T extends EventType>(all: readonly DomainEvent[], type: T): EventData[T][] =>
  all.flatMap((e) => (e.type === type ? [e.data as EventData[T]] : []))

/** The 2nd is over; A1 and B1 have reported, A2 in part, A3 not at all. */
const closed: Past[] = [
  ...opened(),
  began(SECOND),
  reported(districtA, 'A1', SECOND, whole),
  reported(districtB, 'B1', SECOND, whole),
  reported(districtA, 'A2', SECOND, { accepted: 3 }),
  passed(SECOND),
]
const escalate = (past: readonly Past[], data: object) => after(past, SYSTEM, 'Escalate', data)

describe('E4 E5 E6 the clock reminds', () => {
  test('E6 everybody who reports for a silent unit, once, of all that is silent or partial; nobody else', () => {
    const told = of(events(closed, SYSTEM, 'Escalate', { official: SECOND }), 'OfficialReminded')
    const cells = [cell('A2', SECOND), cell('A3', SECOND)]
    expect(told).toEqual([
      { member: 'districtA', stage: 'official', cells },
      { member: 'otherA', stage: 'official', cells },
    ])
  })

  test('E5 a machine is nobody’s official: it is not reminded, not by the office either, and does not stand for people above it', () => {
    const machine = (unit: string, id: string) =>
      event('MachineAdded', { member: `machine.${id}`, name: `Counter ${id}`, unit, rights: ['report'] })
    const past = [...closed, machine('A', '00000002'), machine('A3', '00000003')]
    for (const happened of [
      events(past, SYSTEM, 'Escalate', { official: SECOND }),
      events(past, SYSTEM, 'Escalate', { district: SECOND }),
      events(past, office, 'RemindOfficials', { cells: [cell('A3', SECOND)], text: 'x' }),
    ])
      expect(of(happened, 'OfficialReminded').map(({ member }) => member)).toEqual(['districtA', 'otherA'])
  })

  test('E5 whoever is nearest is reminded, and above them the district at its stage', () => {
    const street = event('MemberAdded', {
      member: 'ofA3',
      name: 'Of A3',
      role: 'district',
      unit: 'A3',
      tasks: ['report'],
    })
    const past = [...closed, street]
    const members = (data: object) => of(events(past, SYSTEM, 'Escalate', data), 'OfficialReminded')
    expect(members({ official: SECOND }).map(({ member, cells }) => [member, cells.map((c) => c.unit)])).toEqual([
      ['districtA', ['A2']],
      ['otherA', ['A2']],
      ['ofA3', ['A3']],
    ])
    expect(members({ district: SECOND }).map(({ member, cells }) => [member, cells.map((c) => c.unit)])).toEqual([
      ['districtA', ['A2', 'A3']],
      ['otherA', ['A2', 'A3']],
    ])
    const ended = [...past, event('MemberEnded', { member: 'ofA3', reason: 'moved' })]
    expect(of(events(ended, SYSTEM, 'Escalate', { official: SECOND }), 'OfficialReminded')).toHaveLength(2)
  })

  test('E6 what is old is named again only beside something new', () => {
    const first = escalate(closed, { official: SECOND })
    const day = [...first, began(THIRD)]
    const inTime = ['A1', 'A2', 'A3'].map((unit) => reported(districtA, unit, THIRD, whole))
    const quiet = [...day, ...inTime, reported(districtB, 'B1', THIRD, whole), passed(THIRD)]
    expect(events(quiet, SYSTEM, 'Escalate', { official: THIRD })).toEqual([
      { type: 'StagesReached', data: { official: THIRD } },
    ])
    const silent = [...day, ...inTime.slice(1), reported(districtB, 'B1', THIRD, whole), passed(THIRD)]
    const [told] = of(events(silent, SYSTEM, 'Escalate', { official: THIRD }), 'OfficialReminded')
    expect(told!.cells).toEqual([cell('A2', SECOND), cell('A3', SECOND), cell('A1', THIRD)])
  })

  test('E4 what was passed over goes out as one summary, and a day that was not asked has no item', () => {
    const later = [...closed, began('2008-01-09')]
    const all = events(later, SYSTEM, 'Escalate', {
      ...{ official: '2008-01-08', district: '2008-01-08', supervision: '2008-01-07' },
    })
    expect(of(all, 'OfficialReminded').map(({ member, stage }) => `${member} ${stage}`)).toEqual([
      'districtA district',
      'otherA district',
      'districtB district',
    ])
    expect(of(all, 'SupervisionOpened')).toEqual([
      { item: 1, ...cell('A2', SECOND) },
      { item: 2, ...cell('A3', SECOND) },
    ])
  })

  test('E6 of more than a hundred reports the latest are named and the others counted', () => {
    const units = tinyProgramme().units
    const streets = Array.from({ length: 60 }, (_, i) => ({ ...units[3]!, code: `S${i}`, parent: 'A' }))
    const bases = tinyProgramme().bases.filter(({ unit }) => ['C', 'A', 'B'].includes(unit))
    const past = [...opened({ units: [...units.slice(0, 3), ...streets], bases }), began('2008-01-04')]
    const all = of(events(past, SYSTEM, 'Escalate', { official: THIRD }), 'OfficialReminded')
    const told = all.find(({ member }) => member === 'districtA')
    expect(told).toMatchObject({ more: 20 })
    expect(told!.cells).toHaveLength(100)
    expect(told!.cells.at(-1)).toEqual(cell('S59', THIRD))
  })

  test('E6 locked days are not asked for any more', () => {
    const locked = [...closed, began(THIRD), event('PeriodLocked', { through: SECOND })]
    expect(of(events(locked, SYSTEM, 'Escalate', { official: SECOND }), 'OfficialReminded')).toEqual([])
  })

  test('E12 nobody is reminded of what was postponed, and no item opens, until the day is past', () => {
    const cells = [cell('A2', SECOND), cell('A3', SECOND)]
    const past = after(closed, office, 'PostponeReminder', { cells, until: THIRD, reason: 'moving house' })
    expect(events(past, SYSTEM, 'Escalate', { official: SECOND })).toHaveLength(1)
    const next = [...escalate([...past, began(THIRD)], { supervision: SECOND }), began('2008-01-04')]
    expect([...itemsOf(given(next).silence)]).toEqual([])
    expect(of(events(next, SYSTEM, 'Escalate', { supervision: THIRD }), 'SupervisionOpened')).toContainEqual({
      ...{ item: 1, ...cell('A2', SECOND) },
    })
  })

  test('E8 C18 a day that is taken back takes its stages and items along, and no reminder', () => {
    const next = escalate([...escalate(closed, { official: SECOND }), began(THIRD)], { supervision: SECOND })
    expect([...itemsOf(given(next).silence)]).toHaveLength(2)
    const { silence } = given([...next, event('DayTakenBack', { day: THIRD, to: SECOND, reason: 'wrong' })])
    expect([...itemsOf(silence)]).toEqual([])
    expect(silence.reached).toEqual({ official: SECOND, district: null, supervision: null })
    expect(silence.reminded.get('districtA')?.cells).toHaveLength(2)
  })
})

describe('E10 E11 E13 the office chases', () => {
  test('E10 one reminder to many, to each of what is theirs', () => {
    const past = [...closed, began(THIRD), passed(THIRD)]
    const cells = [cell('A3', SECOND), cell('B1', THIRD)]
    expect(of(events(past, office, 'RemindOfficials', { cells, text: 'by six' }), 'OfficialReminded')).toEqual([
      { member: 'districtA', stage: 'office', cells: [cells[0]], text: 'by six' },
      { member: 'otherA', stage: 'office', cells: [cells[0]], text: 'by six' },
      { member: 'districtB', stage: 'office', cells: [cells[1]], text: 'by six' },
    ])
  })

  test('E13 the last reminder is seen once; an older one, or somebody else’s, changes nothing', () => {
    const past = escalate(closed, { official: SECOND })
    const { seq } = given(past).silence.reminded.get('otherA')!
    expect(events(past, otherA, 'SeeReminder', { reminder: seq })).toEqual([
      { type: 'ReminderSeen', data: { member: 'otherA', reminder: seq } },
    ])
    const seen = after(past, otherA, 'SeeReminder', { reminder: seq })
    expect(given(seen).silence.reminded.get('otherA')?.seen).not.toBeNull()
    for (const [who, reminder] of [
      [otherA, seq],
      [otherA, seq - 1],
      [districtB, seq],
    ] as const)
      expect(events(seen, who, 'SeeReminder', { reminder })).toEqual([])
  })

  test('E11 a call is kept with whom and what', () => {
    const past = after(closed, office, 'NoteCall', { ...cell('A3', SECOND), member: 'otherA', text: 'by noon' })
    expect(given(past).silence.cells.get(cellKey(cell('A3', SECOND)))?.call).toMatchObject({
      ...{ by: 'office', member: 'otherA', text: 'by noon' },
    })
  })
})

/** What the rule says, from the figures alone. */
const isSettled = (world: World, unit: string, day: string): boolean =>
  world.setting!.rhythm.expected(unit, dayNumber(day)).every((counter) => {
    const { value, approved, state } = world.cells.figure(unit, dayNumber(day), counter)
    return world.setting!.programme.reporting.reviewLevels === 0
      ? value !== null && state === 'approved'
      : approved !== null
  })

/** A report given whole, and one that a reviewer looks at: by chance alone few come so far. */
const at = { unit: fc.constantFrom('A1', 'B1'), day: fc.constant(DAYS[0]!) }
const purposeful: fc.Arbitrary<Attempt[]> = fc
  .record({ ...at, what: fc.constantFrom('report', 'approve', 'approve', 'withdraw') })
  .map(({ unit, day, what }) => {
    const item = (world: World) => ({ unit, day, basedOn: world.seq })
    const kinds = {
      report: () => ({
        by: districtA,
        kind: 'SubmitReports' as const,
        data: (world: World) => ({
          items: [
            {
              ...item(world),
              values: whole,
              reason: 'x',
              confirmed: [...QUESTIONS],
              ...(isBlank(world, unit, day) ? {} : { type: 'corrected' }),
            },
          ],
        }),
      }),
      withdraw: () => ({
        by: districtA,
        kind: 'WithdrawReports' as const,
        data: (world: World) => ({ items: [item(world)], reason: 'x' }),
      }),
      approve: () => ({
        by: office,
        kind: 'ApproveReports' as const,
        data: (world: World) => ({ items: [{ unit, day, versions: waitingIn(world, unit, day) }] }),
      }),
    }
    const made = kinds[what]()
    return [unit === 'B1' && made.by === districtA ? { ...made, by: districtB } : made]
  })
const isBlank = (world: World, unit: string, day: string): boolean =>
  [...world.setting!.counters.values()].every((c) => !hasValue(world.cells.figure(unit, dayNumber(day), c)))
const waitingIn = (world: World, unit: string, day: string) =>
  Object.fromEntries(
    [...world.setting!.counters].flatMap(([key, counter]) => {
      const { state, version } = world.cells.figure(unit, dayNumber(day), counter)
      return state === 'submitted' ? [[key, version]] : []
    }),
  )

describe('E7 an item is open until its report is approved', () => {
  for (const reviewLevels of [0, 1, 2])
    test(`E7 for any order of commands, with ${reviewLevels} levels of review`, () => {
      const seen = { closed: 0, again: 0 }
      fc.assert(
        fc.property(
          fc.array(fc.oneof(attempts(2), { weight: 4, arbitrary: purposeful }), { size: 'large', maxLength: 40 }),
          (rounds) => {
            const tries = rounds.flat()
            const past = opened({ reporting: { ...tinyProgramme().reporting, reviewLevels } })
            const world = given([...past, ...DAYS.map(began), passed(DAYS.at(-1)!), began('2008-01-11')])
            const opening = ask(world, SYSTEM, 'Escalate', { supervision: DAYS.at(-1) })
            fold(world, (opening.ok ? opening.value : []) as Past[])
            const items = [...itemsOf(world.silence)]
            expect(items.length).toBeGreaterThan(5)
            const wasClosed = new Set<string>()
            for (const each of tries) {
              play(world, [each])
              for (const { unit, day } of items) {
                const known = world.silence.cells.get(`${unit}/${day}`)!
                expect([unit, day, known.closed !== null]).toEqual([unit, day, isSettled(world, unit, day)])
                if (known.closed !== null) wasClosed.add(cellKey(known))
                else if (wasClosed.has(cellKey(known))) seen.again++
                if (known.closed !== null) expect(known.closed.seq).toBeLessThanOrEqual(world.seq)
              }
            }
            seen.closed += wasClosed.size
          },
        ),
      )
      expect(seen.closed).toBeGreaterThan(5)
      expect(seen.again).toBeGreaterThan(0)
    })
})

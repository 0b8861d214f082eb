import { describe, expect, test } from 'vitest'
import { type ChosenDayFault, chosenMoment, createShift, type Tried } from '../server/chosenDay.ts'

const programme = { key: 'tiny', startsOn: '2008-01-01', endsOn: '2008-12-31', timeZone: 'Asia/Shanghai' }
/** 17:08 there */
const NOW = new Date('2026-11-26T09:08:07.006Z')
const moment = (store: Partial<Tried>, wanted: string | null, now = NOW) =>
  chosenMoment({ programme, origin: 'simulated', today: null, life: null, ...store }, wanted, now)?.toISOString()
const fault = (store: Partial<Tried>, wanted: string) => {
  try {
    moment(store, wanted)
    return ''
  } catch (error) {
    return (error as ChosenDayFault).fault
  }
}

describe('the clock of a store that is there for trying', () => {
  test('C23 shows the chosen day at the time of day that it is there', () => {
    expect(moment({}, '2008-03-14')).toBe('2008-03-14T09:08:07.006Z')
    // 00:30 of the next day there
    expect(moment({}, '2008-03-14', new Date('2026-11-26T16:30:00Z'))).toBe('2008-03-13T16:30:00.000Z')
  })

  test('C23 keeps the time of day where clocks are put forward and back', () => {
    const rome = { programme: { ...programme, timeZone: 'Europe/Rome' } }
    const noon = new Date('2026-01-15T11:00:00Z')
    expect(moment(rome, '2008-01-15', noon)).toBe('2008-01-15T11:00:00.000Z')
    expect(moment(rome, '2008-07-15', noon)).toBe('2008-07-15T10:00:00.000Z')
  })

  test('C23 goes on from the day that the store had got to, with or without a chosen one before it', () => {
    const store = { today: '2008-03-16' }
    expect(moment(store, '2008-03-14')).toBe('2008-03-16T09:08:07.006Z')
    expect(moment(store, null)).toBe('2008-03-16T09:08:07.006Z')
    expect(moment(store, '2008-04-01')).toBe('2008-04-01T09:08:07.006Z')
  })

  test('C23 shows no moment before the last sign of life: the next day instead', () => {
    expect(moment({ today: '2008-03-16', life: '2008-03-16T09:08:07.006Z' }, null)).toBe('2008-03-16T09:08:07.006Z')
    expect(moment({ today: '2008-03-16', life: '2008-03-16T10:00:00.000Z' }, null)).toBe('2008-03-17T09:08:07.006Z')
  })

  test('C23 is that of the machine in a store that is not there for trying, which takes no chosen day', () => {
    expect(moment({ origin: 'real', today: '2008-03-16' }, null)).toBeUndefined()
    expect(moment({}, null)).toBeUndefined()
    expect(fault({ origin: 'real' }, '2008-03-14')).toContain('goes by the calendar. Give DATA a new file.')
    expect(fault({ origin: 'replayed' }, '2008-03-14')).toContain('goes by the calendar')
  })

  test.each(['2007-12-31', '2009-01-01'])('C23 shows no day that is not one of the programme: %s', (day) => {
    expect(fault({}, day)).toBe(`${day} is no day of "tiny", which goes from 2008-01-01 to 2008-12-31.`)
  })
})

test('C23 a shifted clock goes on as the other does', () => {
  let at = 1_000_000
  const shift = createShift(() => new Date(at))
  expect(shift.now().getTime()).toBe(1_000_000)
  shift.to(null)
  expect(shift.now().getTime()).toBe(1_000_000)
  shift.to(new Date(5_000))
  at += 60_000
  expect(shift.now().getTime()).toBe(65_000)
  shift.to(new Date(9_000))
  expect(shift.now().getTime()).toBe(9_000)
})

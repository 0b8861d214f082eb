/** Random sources: whatever is published, what is last said of each day is what stands, as days, running totals or groups. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../shared/progress/day.ts'
import { read, replayed, trial } from '../support/recorded.ts'

const STREETS = ['S1', 'S2', 'S4']
const DAYS = 6
const dayOf = (n: number) => addDays('2026-11-02', n)

/** What one publication says of some streets and days; `hours` after the one before. */
const said = fc.record({
  hours: fc.integer({ min: 1, max: 30 }),
  rows: fc.uniqueArray(
    fc.record({
      street: fc.constantFrom(...STREETS),
      day: fc.integer({ min: 0, max: DAYS - 1 }),
      accepted: fc.option(fc.integer({ min: 0, max: 40 }), { freq: 5 }),
      issued: fc.option(fc.integer({ min: 0, max: 40 }), { freq: 5 }),
    }),
    { minLength: 1, maxLength: 6, selector: ({ street, day }) => `${street}/${day}` },
  ),
})
type Said = typeof said extends fc.Arbitrary<infer T> ? T : never
const source = fc.array(said, { minLength: 1, maxLength: 8 })

/** Moments from the evening of the last day on, so that no day has still to come. */
function momentsOf(all: readonly Said[]): string[] {
  let at = Date.parse(`${dayOf(DAYS - 1)}T12:00Z`)
  return all.map(({ hours }) => new Date((at += hours * 3_600_000)).toISOString())
}

const rowsOf = (all: readonly Said[]): string[] => {
  const moments = momentsOf(all)
  return all.flatMap(({ rows }, i) =>
    rows.map((r) => [moments[i], dayOf(r.day), r.street, r.accepted ?? '', r.issued ?? ''].join(',')),
  )
}

/** The last figure of each street, day and counter. */
function lastOf(all: readonly Said[]): Map<string, number> {
  const last = new Map<string, number>()
  for (const { rows } of all)
    for (const { street, day, ...figures } of rows)
      for (const [key, value] of Object.entries(figures)) if (value !== null) last.set(`${street} ${day} ${key}`, value)
  return last
}

function totalsOf(all: readonly Said[]): string[] {
  const last = lastOf(all)
  const sum = (street: string, key: string) =>
    [...last].reduce((s, [name, n]) => (name.startsWith(`${street} `) && name.endsWith(` ${key}`) ? s + n : s), 0)
  return STREETS.map((street) => `${street} ${sum(street, 'accepted')} ${sum(street, 'issued')}`)
}

describe('a random source', { timeout: 120_000 }, () => {
  test('ends exact, and every report is counted once', async () => {
    await fc.assert(
      fc.asyncProperty(source, async (all) => {
        const { outcome, counts } = await replayed({ reports: rowsOf(all), totals: totalsOf(all) })
        const isEmpty = lastOf(all).size === 0
        expect(await outcome()).toMatchObject({ exact: !isEmpty })
        const { given, edited, restated } = counts()
        const changes = given + edited + restated.late + restated.corrected + restated.reduced
        const known = new Map<string, number>()
        let changing = 0
        for (const { rows } of all)
          for (const { street, day, ...figures } of rows) {
            const changed = Object.entries(figures).filter(
              ([key, value]) => value !== null && known.get(`${street} ${day} ${key}`) !== value,
            )
            if (changed.length > 0) changing++
            for (const [key, value] of changed) known.set(`${street} ${day} ${key}`, value!)
          }
        expect(changes).toBe(changing)
      }),
      { numRuns: 60 },
    )
  })

  test('F33 says the same in running totals, published whole again each time, whichever way the programme keeps its counters', async () => {
    await fc.assert(
      fc.asyncProperty(source, fc.boolean(), async (all, cumulative) => {
        const moments = momentsOf(all)
        const reports = all.flatMap((_, i) => {
          const last = lastOf(all.slice(0, i + 1))
          return STREETS.flatMap((street) => {
            let [accepted, issued] = [0, 0]
            return Array.from({ length: DAYS }, (_, day) => {
              accepted += last.get(`${street} ${day} accepted`) ?? 0
              issued += last.get(`${street} ${day} issued`) ?? 0
              return `${moments[i]},${dayOf(day)},${street},${accepted},${issued}`
            })
          })
        })
        const format = { cumulative: cumulative ? undefined : ['accepted', 'issued'] }
        const programme = { counters: trial.counters.map((counter) => ({ ...counter, cumulative })) }
        const { outcome, source: asRead } = await replayed({ reports, totals: totalsOf(all), format, programme })
        expect(await outcome()).toMatchObject({ exact: true })
        const last = lastOf(all)
        for (const { unit, day, values } of asRead.publications.at(-1)!.rows)
          for (const key of ['accepted', 'issued'])
            expect(values[key]).toBe(
              last.get(`${unit} ${[0, 1, 2, 3, 4, 5].find((n) => dayOf(n) === day)} ${key}`) ?? 0,
            )
      }),
      { numRuns: 40 },
    )
  })

  test('says the same in two groups that add up to it', () => {
    fc.assert(
      fc.property(source, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (all, parts) => {
        const whole = rowsOf(all)
        const halves = whole.flatMap((row) => {
          const [at, day, street, ...figures] = row.split(',')
          const young = figures.map((f) => (f === '' ? '' : Math.floor(Number(f) * parts.next().value)))
          const old = figures.map((f, i) => (f === '' ? '' : Number(f) - Number(young[i])))
          return [[at, day, street, 'young', ...young].join(','), [at, day, street, 'old', ...old].join(',')]
        })
        const values = (publications: ReturnType<typeof read>['source']['publications']) =>
          publications.map((p) => p.rows.map(({ unit, day, values: v }) => ({ unit, day, ...v })))
        const reportsHead = 'published_at,day,area,age,accepted,issued'
        const byGroup = read({ reports: halves, reportsHead, format: { groups: ['age'] } })
        expect(values(byGroup.source.publications)).toEqual(values(read({ reports: whole }).source.publications))
      }),
      { numRuns: 60 },
    )
  })
})

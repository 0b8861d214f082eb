/** Runs of the replay that end on the way, and what they leave behind: nothing. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { buildClient, builtClient } from '../../scripts/client.ts'
import { addDays, daysBetween } from '../../shared/progress/day.ts'
import { openCore } from '../../server/core/core.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import { createPlayer, prepare } from '../../server/tools/replay/player.ts'
import { setClock } from '../../server/tools/simulate/clock.ts'
import { read, trial } from '../support/recorded.ts'
import { endedReplay, type ReplayRun, runReplay } from '../support/replayRun.ts'

const DAYS = 200
const days = [...daysBetween('2026-11-02', addDays('2026-11-02', DAYS - 1))]
const STREETS = ['S1', 'S2', 'S3', 'S4', 'S5']
/** long enough to be stopped on the way */
const LONG = {
  reports: days.flatMap((day) => STREETS.map((street) => `${day}T18:00Z ${day} ${street} 2 1`)),
  totals: STREETS.map((street) => `${street} ${2 * DAYS} ${DAYS}`),
}
const SHORT = { reports: ['2026-11-02T18:00Z 2026-11-02 S1 2 1'], totals: ['S1 2 1'] }

/** Resolves when some publications are in the log. */
async function begun(run: ReplayRun): Promise<void> {
  while (!run.out.out.includes(` of ${DAYS}`)) {
    if (run.child.exitCode !== null) throw new Error(`it has ended: ${run.out.out}${run.out.err}`)
    await pause(5)
  }
}

/** Files that are not the source's. */
const left = ({ folder }: Pick<ReplayRun, 'folder'>): string[] =>
  readdirSync(folder).filter((name) => name.startsWith('log.db'))

describe('a replay that ends on the way', { timeout: 120_000 }, () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('by %s leaves no log, and says so', async (signal) => {
    const run = runReplay(LONG)
    await begun(run)
    run.child.kill(signal)
    expect(await run.ended).toBe(130)
    expect(run.out.out).toContain('stopped on the way; no log is left behind')
    expect(left(run)).toEqual([])
  })

  test('while it is watched leaves no log, and when all was seen it does', async () => {
    if (builtClient() === 'missing') await buildClient()
    const run = runReplay(LONG, ['--speed', '0.2'])
    await run.url()
    run.child.kill('SIGTERM')
    expect(await run.ended).toBe(130)
    expect(run.out.out).toContain('stopped on the way; no log is left behind')
    expect(left(run)).toEqual([])
    const whole = runReplay(SHORT, ['--speed', '100'])
    while (!whole.out.out.includes('The replay has ended')) await pause(20)
    whole.child.kill('SIGTERM')
    expect(await whole.ended).toBe(0)
    expect(left(whole)).toEqual(['log.db'])
  })

  test('K1 K6 into as many levels of review as the command line says is approved at each of them and ends exact', async () => {
    const revised = {
      reports: [...SHORT.reports, '2026-11-03T18:00Z 2026-11-02 S1 1 1'],
      totals: ['S1 1 1'],
    }
    const run = await endedReplay(revised, ['--review-levels', '2'])
    expect(run.code).toBe(0)
    expect(run.lines).toEqual(expect.arrayContaining(["approved in the reviewer's name: 3 figures", 'exact: yes']))
    const wrong = await endedReplay(SHORT, ['--review-levels', '5'])
    expect([wrong.code, wrong.lines.join(' ')]).toEqual([1, expect.stringContaining('--review-levels')])
    expect(left(wrong)).toEqual([])
  })

  test('by SIGKILL leaves no log under its name, and the same command begins anew (finding D1)', async () => {
    const run = runReplay(LONG)
    await begun(run)
    run.child.kill('SIGKILL')
    await run.ended
    expect(existsSync(run.log)).toBe(false)
    const again = await endedReplay(run.folder)
    expect([again.lines.includes('exact: yes'), again.code]).toEqual([true, 0])
    expect(left(run)).toEqual(['log.db'])
  })

  test('by a refusal leaves no log, and the mended source is replayed by the same command', async () => {
    const person = { member: 'p', name: 'Office', role: 'viewer', unit: 'C' }
    const refused = await endedReplay({
      ...SHORT,
      format: { importer: undefined, people: [person, { ...person, member: 'q' }] },
    })
    expect(refused.code).toBe(1)
    expect(refused.lines).toContain('refused; no log is left behind')
    expect(refused.lines).toContain(
      'replay.json q: there is a member with this name already; give each a name of their own.',
    )
    expect(left(refused)).toEqual([])
    writeFileSync(`${refused.folder}/replay.json`, JSON.stringify({ ...FILES, people: [person] }))
    expect(await endedReplay(refused.folder)).toMatchObject({ code: 0 })
  })

  test('keeps others from its place while it runs, and no log is written over', async () => {
    const run = runReplay(LONG)
    await begun(run)
    // it is slower than one that only looks whether it may begin
    run.child.kill('SIGSTOP')
    const beside = await endedReplay(run.folder)
    run.child.kill('SIGCONT')
    expect([beside.code, beside.lines.join()]).toEqual([
      1,
      expect.stringContaining('another replay, or a server, is using it'),
    ])
    expect(await run.ended).toBe(0)
    const over = await endedReplay(run.folder)
    expect([over.code, over.lines.join()]).toEqual([
      1,
      expect.stringContaining('is there already; a replay begins with an empty log'),
    ])
    expect(left(run)).toEqual(['log.db'])
  })

  test('a log that is not exact is kept, to be looked at', async () => {
    const { code, log } = await endedReplay({ ...SHORT, totals: ['S1 2 2'] })
    expect([code, existsSync(log)]).toEqual([1, true])
  })
})

const FILES = {
  ...{ reports: 'as-reported.csv', totals: 'totals.csv' },
  columns: {
    ...{ publishedAt: 'published_at', day: 'day', unit: 'area' },
    counters: { accepted: 'accepted', issued: 'issued' },
  },
}

test('--check reads all and enters nothing, and says whether it can end exact', { timeout: 60_000 }, async () => {
  const good = await endedReplay(SHORT, ['--check'])
  expect([good.code, left(good)]).toEqual([0, []])
  expect(good.lines.slice(0, 2)).toEqual([
    'read: 1 rows; publications to enter: 1',
    'its totals are what its reports add up to',
  ])
  const { code, lines, folder } = await endedReplay(
    {
      reports: [
        '2026-11-02T18:00Z 2026-11-02 S1 2 1',
        '2026-11-03T10:00Z 2026-11-04 S1 2 1',
        '2027-07-01T18:00Z 2027-07-01 S1 2 1',
      ],
      totals: ['S1 2 2', 'S2 0 '],
    },
    ['--check'],
  )
  expect(lines.slice(0, 7)).toEqual([
    'read: 3 rows; publications to enter: 1',
    'totals.csv: S1 issued is 2; its reports add up to 1',
    'totals that the reports of the source do not add up to: 1',
    "left out, past the programme's end (2027-06-30): 1 row of as-reported.csv (row 4)",
    'left out, of days that had not come when they were published: 1 row of as-reported.csv (row 3)',
    'totals that totals.csv does not give: 1 (S2 issued)',
    'it cannot end exact',
  ])
  expect([code, left({ folder })]).toEqual([2, []])
})

test('finding D18 a refusal of the log itself names publication, row, unit, day and words, and all are counted', async () => {
  const { format } = read(SHORT)
  const clock = setClock()
  const core = await openCore({ store: openSqlite(':memory:'), now: clock.now })
  await prepare(core, clock, trial, format)
  const at = '2026-11-02T18:00Z'
  const row = (unit: string, row: number) => ({ unit, day: '2026-11-02', values: { accepted: -1, issued: 1 }, row })
  const rows = [row('X1', 7), row('S1', 8), row('D1', 9)]
  const play = createPlayer(core, clock, format).play({ at, moment: Date.parse(at), rows })
  const lines = await play.then(
    () => [],
    (error: Error) => error.message.split('\n'),
  )
  expect(lines).toEqual([
    `as-reported.csv row 7, accepted: the figure is below 0. (X1 on 2026-11-02, published ${at})`,
    `as-reported.csv row 8, accepted: the figure is below 0. (S1 on 2026-11-02, published ${at})`,
    `as-reported.csv row 9, accepted: the figure is below 0. (D1 on 2026-11-02, published ${at})`,
  ])
  const next = createPlayer(core, clock, format).play({
    ...{ at, moment: Date.parse(at) },
    rows: rows.map((r) => ({ ...r, values: { issued: 1 } })),
  })
  await expect(next).rejects.toThrow(
    `as-reported.csv row 7: there is no unit "X1" in units.csv. (X1 on 2026-11-02, published ${at})`,
  )
  await core.close()
})

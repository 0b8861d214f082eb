/** What a file of reports would change, said before anything is written. Nothing is decided here: the core is asked. */
import { randomUUID } from 'node:crypto'
import type { Prospect } from '../../shared/command.ts'
import { REPORTS } from '../../shared/domain/input.ts'
import type { Setting } from '../../shared/domain/world.ts'
import { ok, type Refusal, refuse, type Result } from '../../shared/errors.ts'
import type { Actor } from '../../shared/policy.ts'
import type { Day } from '../../shared/progress/day.ts'
import { FILE_BYTES, type FileCheck, type ListedFile, type PlacedRefusal } from '../../shared/protocol/files.ts'
import { asRefusal, type TableFault } from '../../shared/reading/fault.ts'
import type { Core } from '../core/core.ts'
import { limiter } from '../core/limit.ts'
import { changedSince, type Draft, draftsOf, itemOf, rowOf, settle, takeDerived } from './drafts.ts'
import type { Target } from './place.ts'
import { createReader, type FileReader } from './reader.ts'

export interface FileInput {
  /** the file, in base64 */
  data: string
  /** of rows without a day */
  day: Day | null
  /** the sheet of a workbook that is meant */
  sheet: string | null
}

export interface Exchange {
  /** refused only where nothing can be said of the file's rows: `file.…`, `input.tooLarge`, `command.busy` */
  check(actor: Actor, file: FileInput): Promise<Result<FileCheck>>
  /** the rows of a file, whatever they are about; refused as `check` */
  list(actor: Actor, file: Omit<FileInput, 'day'>): Promise<Result<ListedFile>>
  close(): Promise<void>
}

/** Files at once: each has a thread and a core of the machine. */
const AT_ONCE = { all: 2, each: 1, waiting: 4 }
/** Times that a file is put to the core: what is refused goes, what is asked is confirmed, until the rest would be taken. */
const PASSES = 6
/** Units up to which all are known by name; else those below the sender's alone. */
const KNOWN = 2_000

/** `reader`: in threads of its own unless told. */
export function createExchange(
  core: Pick<Core, 'dispatch' | 'setting' | 'mayWatch' | 'standing' | 'stood'>,
  reader: FileReader = createReader(),
): Exchange {
  const inTurn = limiter(AT_ONCE)

  async function opened(data: string, sheet: string | null, target: Target | null) {
    const bytes = new Uint8Array(Buffer.from(data, 'base64'))
    if (bytes.length > FILE_BYTES) return refuse({ code: 'input.tooLarge', params: { max: FILE_BYTES } })
    const read = await reader.read({ bytes, sheet, target })
    return read.kind === 'fault' ? refuse(asRefusal(read.fault)) : ok(read)
  }

  async function list(data: string, sheet: string | null): Promise<Result<ListedFile>> {
    const read = await opened(data, sheet, null)
    if (!read.ok) return read
    if (read.value.kind === 'which') return ok(read.value)
    if (read.value.kind === 'placed') return refuse({ code: 'file.damaged' })
    return ok({ kind: 'list', lines: read.value.lines, refused: read.value.faults.map(placed) })
  }

  async function check(actor: Actor, { data, day, sheet }: FileInput): Promise<Result<FileCheck>> {
    const setting = core.setting()
    if (setting === null) return refuse({ code: 'programme.notOpen' })
    const read = await opened(data, sheet, targetOf(setting, actor, day))
    if (!read.ok) return read
    if (read.value.kind !== 'placed')
      return read.value.kind === 'which' ? ok(read.value) : refuse({ code: 'file.damaged' })
    const { sheet: name, placed: found } = read.value
    const { faults, notes } = found
    // of what somebody may not see, nothing is said that stands there
    const hidden = found.rows.filter(({ unit, day }) => isHidden(actor, `sheet:${unit}/${day}`))
    const rows = found.rows.filter((row) => !hidden.includes(row))
    const outside = hidden.map(({ row, unit }): PlacedRefusal => {
      return { row, column: 0, heading: '', refusal: { code: 'may.outsideUnit', params: { unit } } }
    })
    const standing = core.standing(rows)
    const later = changedSince(rows, standing)
    const were = await core.stood(later.map(({ unit, day, basis }) => ({ unit, day, seq: basis })))
    const stood = new Map(later.map((row, i) => [row, were[i]!]))
    const { drafts, same, kept, faults: unread } = draftsOf(rows, standing, setting.programme.counters, stood)
    const refused = [...faults.map(placed), ...outside, ...unread]
    for (let from = 0; from < drafts.length; from += REPORTS) {
      const judged = await judge(actor, drafts.slice(from, from + REPORTS))
      if (!judged.ok) return judged
      refused.push(...judged.value)
    }
    const known = new Map(found.rows.map(({ row, unit, day }) => [row, { unit, day }]))
    const named = (one: PlacedRefusal): PlacedRefusal => ({ ...one, ...known.get(one.row) })
    const byPlace = (a: PlacedRefusal, b: PlacedRefusal) => a.row - b.row || a.column - b.column
    return ok({
      kind: 'checked',
      sheet: name,
      rows: drafts.filter((draft) => draft.cells.size > 0).map(rowOf),
      same,
      refused: refused.sort(byPlace).map(named),
      notes: [...notes.map(placed), ...kept].sort(byPlace).map(named),
    })
  }

  const isHidden = (actor: Actor, sheet: string) => core.mayWatch(actor, sheet).some(({ code }) => code === 'may.not')

  /** Puts the rows to the core until it would take what is left of them; what was refused on the way. */
  async function judge(actor: Actor, drafts: readonly Draft[]): Promise<Result<PlacedRefusal[]>> {
    const refused: PlacedRefusal[] = []
    let takenWith: readonly Prospect[] = []
    for (let pass = 0; pass < PASSES; pass++) {
      const left = drafts.filter((draft) => draft.cells.size > 0)
      if (left.length === 0) break
      const command = {
        id: `check-${randomUUID()}`,
        kind: 'SubmitReports',
        data: { items: left.map(itemOf), partial: true },
        dryRun: true,
      }
      const answer = await core.dispatch(command, actor)
      if (!answer.ok) return answer
      takenWith = answer.would ?? []
      if (answer.refused === undefined) break
      // what a total comes to is not known while one before it is open
      const open = new Map<string, Day>()
      for (const { item } of answer.refused) {
        const { unit, day } = left[item]!
        if ((open.get(unit) ?? day) >= day) open.set(unit, day)
      }
      for (const { item, refusals } of answer.refused) {
        const { unit, day } = left[item]!
        const isAfter = open.get(unit)! < day
        const said = refusals.filter(({ code }) => !isAfter || !code.startsWith('total.'))
        refused.push(...settle(left[item]!, said))
      }
    }
    takeDerived(drafts, takenWith)
    return ok(refused)
  }

  return {
    check: (actor, file) => inTurn(actor.id, () => check(actor, file)),
    list: (actor, { data, sheet }) => inTurn(actor.id, () => list(data, sheet)),
    close: () => reader.close(),
  }
}

const placed = (fault: TableFault): PlacedRefusal => {
  const { row, column, heading } = fault
  return { row, column, heading, refusal: asRefusal(fault) satisfies Refusal }
}

function targetOf({ programme, units }: Setting, actor: Actor, day: Day | null): Target {
  const both = (words: { zh: string; en: string }) => [words.zh, words.en]
  const all = units.leaves(units.root)
  const known = all.length > KNOWN ? units.leaves(actor.unit) : all
  const named = (code: string) => {
    const { name, short } = units.get(code)!
    return { code, names: [...both(name), ...both(short)] }
  }
  const sums = units.all.length > KNOWN ? units.chain(actor.unit) : units.all.filter((code) => !units.isLeaf(code))
  return {
    units: known.map(named),
    totals: sums.flatMap((code) => [code, ...named(code).names]),
    counters: programme.counters.map(({ key, name, cumulative = false }) => ({
      key,
      names: [...both(name), key],
      cumulative,
    })),
    fillers: both(programme.item),
    from: programme.startsOn,
    to: programme.endsOn,
    day,
  }
}

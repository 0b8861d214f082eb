/** A file on its way into the sheet: checked first, shown, then sent as an ordinary submission on what the check has seen. */
import { computed, reactive, shallowRef } from 'vue'
import { REPORTS } from '../../../shared/domain/input.ts'
import type { Refusal } from '../../../shared/errors.ts'
import type { Day } from '../../../shared/progress/day.ts'
import { FILE_BYTES, type FileCheck, type PlacedRefusal } from '../../../shared/protocol/files.ts'
import { callApi } from '../../sync/api.ts'
import { outbox } from '../../sync/commands.ts'
import { base64 } from '../../ui/base64.ts'
import { type ImportMeaning, itemsOf } from './importItems.ts'

export type CheckedFile = Extract<FileCheck, { kind: 'checked' }>

/** `sending` stays until the answer; `waiting`: there was none yet, and the device goes on by itself. */
export type Stage =
  | { kind: 'none' }
  | { kind: 'checking' }
  | { kind: 'sending' }
  | { kind: 'waiting' }
  | { kind: 'refused'; refusals: readonly Refusal[] }
  | { kind: 'which'; sheets: readonly { name: string; hidden: boolean }[] }
  | { kind: 'checked'; check: CheckedFile; again: boolean }
  | { kind: 'done'; cells: number; refused: readonly PlacedRefusal[] }

export type Import = ReturnType<typeof useImport>

/** `day`: of rows that name none. */
export function useImport(day: Day) {
  const file = shallowRef<File | null>(null)
  const sheet = shallowRef<string | null>(null)
  const stage = shallowRef<Stage>({ kind: 'none' })
  /** the file that is being worked on; what comes back for an earlier one is dropped */
  let turn = 0

  async function check(again = false): Promise<void> {
    const [given, mine] = [file.value, ++turn]
    if (given === null) return
    if (given.size > FILE_BYTES) return refuse([{ code: 'input.tooLarge', params: { max: FILE_BYTES } }])
    stage.value = { kind: 'checking' }
    const data = await base64(given).catch(() => null)
    if (mine !== turn) return
    // it is gone, or may not be read
    if (data === null) return refuse([{ code: 'file.damaged' }])
    if (data === '') return refuse([{ code: 'table.empty' }])
    const chosen = sheet.value === null ? {} : { sheet: sheet.value }
    const answer = await callApi('checkFile', { data, day, ...chosen })
    if (mine !== turn) return
    // nothing is kept of a file that was not checked
    if (!answer.ok)
      refuse(answer.refusals.map((r) => (r.code === 'network.lost' ? { code: 'network.unreachable' } : r)))
    else if (answer.value.kind === 'which') stage.value = answer.value
    else stage.value = { kind: 'checked', check: answer.value, again }
  }

  const refuse = (refusals: readonly Refusal[]) => void (stage.value = { kind: 'refused', refusals })

  async function send(meaning: ImportMeaning): Promise<void> {
    if (stage.value.kind !== 'checked') return
    const { rows, refused } = stage.value.check
    const mine = ++turn
    stage.value = { kind: 'sending' }
    const items = itemsOf(rows, meaning)
    for (let from = 0; from < items.length; from += REPORTS) {
      const submission = outbox.submit('SubmitReports', { items: items.slice(from, from + REPORTS) })
      const first = await submission.firstTry
      if (mine === turn && !first.ok && first.refusals.some((r) => r.code === 'network.lost'))
        stage.value = { kind: 'waiting' }
      const answer = await submission.answer
      // nobody looks at it any more: what is refused stays in the outbox
      if (mine !== turn) return
      outbox.dismiss(submission.id)
      // what has changed since is asked about again, and with it whatever else there is to say now
      if (!answer.ok) return check(true)
    }
    stage.value = { kind: 'done', cells: rows.reduce((n, row) => n + row.cells.length, 0), refused }
  }

  return reactive({
    stage,
    name: computed(() => file.value?.name ?? ''),
    open(next: File) {
      file.value = next
      sheet.value = null
      void check()
    },
    choose(name: string) {
      sheet.value = name
      void check()
    },
    send,
    /** what was sent stays sent */
    giveUp() {
      turn++
      file.value = null
      stage.value = { kind: 'none' }
    },
  })
}

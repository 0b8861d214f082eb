/** What a device holds of a person, and how it is cleared when they leave it. */
import { outbox } from './commands.ts'
import { deviceStorage, shelf, tabStorage } from './device.ts'
import { type DraftStorage, openDrafts, type Owner } from './drafts.ts'

/** What would be lost. */
export interface Left {
  /** commands that the server has not answered */
  waiting: number
  /** commands that it refused and nobody has looked after */
  refused: number
  /** cells that were typed and no command carries */
  cells: number
  /** texts that were written and not sent */
  texts: number
}

/** Keys of texts begin with what they are for, then the programme and the member. */
const keysOf = (kept: DraftStorage, { programme, member }: Owner): string[] =>
  kept.keys('').filter((key) => key.includes(`/${programme}/${member}/`))

const unsent = () => [...outbox.waiting(), ...outbox.held()]

export function leftBy(owner: Owner): Left {
  const drafts = openDrafts(deviceStorage, owner, () => Date.now())
  // what a command carries as it was typed waits with it
  const carried = new Set(unsent().flatMap((command) => command.drafts.map(({ key, at }) => `${key} ${String(at)}`)))
  const marks = drafts.texts().map((cell) => drafts.mark(cell)!)
  const cells = marks.filter(({ key, at }) => !carried.has(`${key} ${String(at)}`)).length
  drafts.close()
  const texts = keysOf(deviceStorage, owner).filter(
    (key) => !/^(draft|outbox)\//.test(key) && deviceStorage.get(key) !== '',
  )
  return { waiting: unsent().length, refused: outbox.refused().length, cells, texts: texts.length }
}

export const isNothing = ({ waiting, refused, cells, texts }: Left): boolean => waiting + refused + cells + texts === 0

/** All of it as JSON, for a file: whatever becomes of the device, it can be read and typed again. */
export function backupOf(owner: Owner): string {
  const typed = keysOf(deviceStorage, owner).filter(
    (key) => !key.startsWith('outbox/') && deviceStorage.get(key) !== '',
  )
  const backup = {
    ...owner,
    at: new Date().toISOString(),
    waiting: unsent().map(({ id, kind, data, at }) => ({ id, kind, at: new Date(at).toISOString(), data })),
    refused: outbox.refused().map(({ id, kind, data, answer }) => ({ id, kind, data, refusals: answer.refusals })),
    typed: Object.fromEntries(typed.map((key) => [key, deviceStorage.get(key)])),
  }
  return `${JSON.stringify(backup, null, 2)}\n`
}

/** Nothing of that member is on the device any more, nor in this tab. */
export async function clearDevice(owner: Owner): Promise<void> {
  for (const kept of [deviceStorage, tabStorage]) for (const key of keysOf(kept, owner)) kept.remove(key)
  await Promise.all([deviceStorage.written(), shelf.clear(owner)])
}

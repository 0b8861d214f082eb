/** A pasted or uploaded list of people, row by row: name, unit by name or code, role, tasks, telephone number. Pure. */
import { isPhone, phoneWritten } from '../../../shared/domain/phone.ts'
import type { Refusal } from '../../../shared/errors.ts'
import { type Role, ROLES, type Task, TASKS } from '../../../shared/domain/roles.ts'
import { foldName } from '../../../shared/reading/signs.ts'
import { splitBlock, splitFile } from '../../../shared/reading/split.ts'
import { PEOPLE, TASK_WORDS } from '../../../shared/reading/words.ts'
import { tabbed } from '../../ui/tableCopy.ts'

export interface ListedPerson {
  /** of the list, from 1 */
  row: number
  name: string
  unit: string
  role: Role
  tasks?: Task[]
  phone?: string
}

/** The rows of a file as a block of text, each on the line of its own number. */
export function blockOf(lines: readonly { row: number; cells: readonly string[] }[]): string {
  const block: string[] = []
  for (const { row, cells } of lines) block[row - 1] = tabbed([cells.map((cell) => cell.replaceAll(/\s+/g, ' '))])
  return Array.from(block, (line: string | undefined) => line ?? '').join('\n')
}

/** The people of a list, and what in it is no person. */
export interface InviteList {
  people: ListedPerson[]
  faults: ListFault[]
}

/** `refusal.at`: the column, where it is about one; `text`: what stands there. */
export interface ListFault {
  row: number
  refusal: Refusal
  text?: string
}

/** How the list calls things: the unit's code by any of its names, roles and tasks by the words of both languages. */
export interface ListWords {
  unit(text: string): string | undefined
  role: Readonly<Record<string, Role>>
  task: Readonly<Record<string, Task>>
}

/** Above them stand words; a first row of such is no person. */
type Column = keyof typeof PEOPLE
export const COLUMNS: readonly Column[] = ['name', 'unit', 'role', 'tasks', 'phone']

/** `fallback`: the role of rows that name none. */
export function readInviteList(text: string, words: ListWords, fallback: Role = 'district'): InviteList {
  const rows = text.includes('\t')
    ? splitBlock(text).map((cells, i) => ({ row: i + 1, cells }))
    : splitFile(plainCommas(text)).lines
  const heads = rows.slice(0, HEAD_ROWS).map(({ cells }) => cells.map(columnOf))
  const headed = heads.findIndex((columns) => columns.includes('name') && columns.includes('unit'))
  const order = heads[headed] ?? COLUMNS
  const list: InviteList = { people: [], faults: [] }
  rows.forEach(({ row, cells }, i) => {
    if (i <= headed || cells.every((cell) => cell === '')) return
    const of = (column: Column): string => cells[order.indexOf(column)]?.trim() ?? ''
    const faults = (refusal: Refusal & { at: Column }) =>
      list.faults.push({ row, refusal, ...(of(refusal.at) !== '' && { text: of(refusal.at) }) })
    const unit = words.unit(of('unit'))
    const role = of('role') === '' ? fallback : (words.role[foldName(of('role'))] ?? null)
    const named = of('tasks')
      .split(/[、,，;；+\s]+/)
      .filter((word) => word !== '')
    const tasks = named.map((word) => words.task[foldName(word)] ?? null)
    const phone = phoneWritten(of('phone'))
    const isDialled = phone === '' || isPhone(phone)
    if (!isDialled) faults({ code: 'input.phone', at: 'phone' })
    if (of('name') === '') faults({ code: 'input.required', at: 'name' })
    if (unit === undefined) faults({ code: 'unit.unknown', params: { unit: of('unit') }, at: 'unit' })
    if (role === null) faults({ code: 'input.invalid', at: 'role' })
    if (tasks.includes(null)) faults({ code: 'input.invalid', at: 'tasks' })
    if (of('name') === '' || unit === undefined || role === null || tasks.includes(null) || !isDialled) return
    const given = TASKS.filter((task) => tasks.includes(task))
    list.people.push({
      row,
      name: of('name'),
      unit,
      role,
      ...(given.length > 0 && { tasks: given }),
      ...(phone !== '' && { phone }),
    })
  })
  return list
}

/** Rows in which headings are looked for: a file of this programme has sentences above them. */
const HEAD_ROWS = 12

/** A row without any separator but those of Chinese has commas in their place; where it has both, 、 stands within a cell. */
const plainCommas = (text: string): string =>
  text.replaceAll(/^[^,;|\n]*[，、][^,;|\n]*$/gm, (line) => line.replaceAll(line.includes('，') ? '，' : '、', ','))

const columnOf = (text: string): Column | null =>
  COLUMNS.find((column) => PEOPLE[column].some((word) => foldName(word) === foldName(text))) ?? null

/** Words for roles: those of the programme in both languages, and the keys. */
export function roleWords(names: Readonly<Record<Role, { zh: string; en: string } | null>>): Record<string, Role> {
  const found: Record<string, Role> = {}
  for (const role of ROLES) {
    const name = names[role]
    if (name === null) continue
    for (const word of [role, name.zh, name.en]) found[foldName(word)] = role
  }
  return found
}

/** Words for tasks, of both languages. */
export const taskWords = (): Record<string, Task> =>
  Object.fromEntries(TASKS.flatMap((task) => TASK_WORDS[task].map((word) => [foldName(word), task])))

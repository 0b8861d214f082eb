/** The files of a programme's folder, and what keeps one from being read. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RefusalCode } from '../../shared/errors.ts'
import { decode } from '../../shared/reading/decode.ts'
import type { TableFault } from '../../shared/reading/fault.ts'
import { JsonFault, type JsonText, readJson } from './json.ts'

/** A fault with its file and place: row and column of a table, or line and dotted path of a JSON file. */
export interface ProgrammeFault {
  file: string
  place: string
  code: RefusalCode
  params?: Record<string, string | number>
  /** what stands there; absent where nothing does */
  found?: unknown
  /** the field, without the numbers of its lists: `baselines.targets.due`, `units.parent` */
  field?: string
}

/** Null, and a fault, where the file is not there. */
export function bytesIn(path: string, file: string, faults: ProgrammeFault[]): Uint8Array | null {
  try {
    return readFileSync(join(path, file))
  } catch {
    faults.push({ file, place: '', code: 'input.required', field: 'file' })
    return null
  }
}

/** An object in JSON with its lines; null, and a fault, where it is none. What stands there twice is a fault beside it. */
export function jsonIn(path: string, file: string, faults: ProgrammeFault[]): JsonText | null {
  const bytes = bytesIn(path, file, faults)
  if (bytes === null) return null
  const decoded = decode(bytes)
  if (!decoded.ok) {
    faults.push(ofTable(file, decoded.fault))
    return null
  }
  try {
    const text = readJson(decoded.text.replace(/^\uFEFF/, ''))
    const { value } = text
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      faults.push({ file, place: '', code: 'input.notJson', params: { why: 'one object in braces is the whole file' } })
      return null
    }
    for (const { path: at, line } of text.repeated)
      faults.push({
        file,
        place: `line ${line}, ${at}`,
        code: 'input.duplicate',
        params: { name: at.split('.').at(-1)! },
      })
    return text
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error
    const { line, column, message } = error
    faults.push({ file, place: `line ${line}, column ${column}`, code: 'input.notJson', params: { why: message } })
    return null
  }
}

/** A fault of a table as one of the folder. */
export function ofTable(file: string, { code, row, column, heading, text, params }: TableFault): ProgrammeFault {
  const at = column === 0 ? '' : `, column ${heading === '' || row === 1 ? column : heading}`
  return {
    file,
    place: row === 0 ? '' : `row ${row}${at}`,
    code,
    params: { ...params, ...(heading === '' ? {} : { heading }) },
    ...(text === '' ? {} : { found: text }),
    ...(heading === '' || row === 1 ? {} : { field: `${file.replace('.csv', '')}.${heading}` }),
  }
}

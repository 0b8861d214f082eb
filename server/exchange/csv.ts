/** CSV to a sheet: UTF-8 or GB18030, with commas, semicolons, tabs or bars. */
import { decode, notUtf8 } from '../../shared/reading/decode.ts'
import { tableFault } from '../../shared/reading/fault.ts'
import { splitFile } from '../../shared/reading/split.ts'
import { MOST_ROWS, type Opened } from './sheet.ts'

/** How documents begin that some programs call tables. */
const DOCUMENT = /^%PDF|^\{\\rtf|^<(?:!doctype|html)/i

export function openCsv(bytes: Uint8Array): Opened {
  const decoded = decode(bytes, true)
  if (!decoded.ok) return { kind: 'fault', fault: decoded.fault }
  const { text, by } = decoded
  // no text has signs of control but tabs and ends of lines
  const strange = /[\u0000-\u0008\u000E-\u001F]/.exec(text)
  if (strange !== null || DOCUMENT.test(text)) return { kind: 'fault', fault: tableFault('file.noTable') }
  if (linesIn(text) > MOST_ROWS)
    return { kind: 'fault', fault: tableFault('file.rowsMost', { params: { max: MOST_ROWS } }) }
  const { lines, fault } = splitFile(text)
  if (fault !== null) return { kind: 'fault', fault }
  const sheet = {
    ...{ lines, faults: new Map(), merged: [], hidden: new Set<number>(), epoch: null },
    doubtful: by === 'utf-8' ? null : notUtf8(bytes),
  }
  return { kind: 'sheet', sheet, name: null }
}

/** Ends of lines, counted before anything is made of them. */
function linesIn(text: string): number {
  let n = 1
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) n++
  if (n > 1) return n
  for (let i = text.indexOf('\r'); i >= 0; i = text.indexOf('\r', i + 1)) n++
  return n
}

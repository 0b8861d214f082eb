/** The text of a file: UTF-8, with or without its mark, and where it may be GB18030. */
import { type TableFault, tableFault } from './fault.ts'

/** `by`: the encoding that it was read by; almost any bytes are something in GB18030, so that what it says has to make sense. */
export type Decoded = { ok: true; text: string; by: 'utf-8' | 'gb18030' } | { ok: false; fault: TableFault }

/**
 * Decodes a file. `file.utf16` for what spreadsheets call Unicode text, `file.encoding` with its line for another encoding
 * (Latin-1, GBK), `file.packed` for a workbook that is no text at all. `gb`: what is not UTF-8 may be GB18030.
 */
export function decode(bytes: Uint8Array, gb = false): Decoded {
  if (PACKED.some((mark) => mark.every((byte, i) => bytes[i] === byte)))
    return { ok: false, fault: tableFault('file.packed') }
  if (isUtf16(bytes)) return { ok: false, fault: tableFault('file.utf16') }
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), by: 'utf-8' }
  } catch {
    const text = gb ? decodeGb(bytes) : null
    return text === null ? { ok: false, fault: notUtf8(bytes) } : { ok: true, text, by: 'gb18030' }
  }
}

function decodeGb(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('gb18030', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** `file.encoding`, with the first line that is not UTF-8. */
export function notUtf8(bytes: Uint8Array): TableFault {
  const before = new TextDecoder('utf-8').decode(bytes).split('\uFFFD', 1)[0]!
  return tableFault('file.encoding', { row: before.split(/\r\n|\n|\r/).length })
}

/** How workbooks begin, of today (.xlsx, .ods) and older ones (.xls). */
const PACKED = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
]

/** Its mark, or a NUL beside nearly every sign. */
function isUtf16(bytes: Uint8Array): boolean {
  const [a, b] = bytes
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return true
  const head = bytes.subarray(0, 1024)
  return head.length > 1 && head.filter((byte) => byte === 0).length > head.length / 4
}

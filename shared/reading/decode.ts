/** The text of a file: UTF-8, with or without its mark. */
import { type TableFault, tableFault } from './fault.ts'

export type Decoded = { ok: true; text: string } | { ok: false; fault: TableFault }

/**
 * Decodes a file. `file.utf16` for what spreadsheets call Unicode text, `file.encoding` with its line for another encoding
 * (Latin-1, GBK), `file.packed` for a workbook that is no text at all.
 */
export function decode(bytes: Uint8Array): Decoded {
  if (isUtf16(bytes)) return { ok: false, fault: tableFault('file.utf16') }
  if (bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04)
    return { ok: false, fault: tableFault('file.packed') }
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    const before = new TextDecoder('utf-8').decode(bytes).split('\uFFFD', 1)[0]!
    return { ok: false, fault: tableFault('file.encoding', { row: before.split(/\r\n|\n|\r/).length }) }
  }
}

/** Its mark, or a NUL beside nearly every sign. */
function isUtf16(bytes: Uint8Array): boolean {
  const [a, b] = bytes
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return true
  const head = bytes.subarray(0, 1024)
  return head.length > 1 && head.filter((byte) => byte === 0).length > head.length / 4
}

/** A workbook (XLSX) to one of its sheets. What is no such workbook, or cannot be trusted to say what it shows, is refused. */
import { type TableCode, tableFault } from '../../shared/reading/fault.ts'
import { openParts, PartFault, type Parts, readXml } from './parts.ts'
import { MOST_COLUMNS, MOST_ROWS, type Opened, type SheetName } from './sheet.ts'
import { readSheet } from './worksheet.ts'

/** How packages and the containers of older or encrypted workbooks begin. */
const ZIP = [0x50, 0x4b, 0x03, 0x04]
const CONTAINER = [0xd0, 0xcf, 0x11, 0xe0]

export const isWorkbook = (bytes: Uint8Array): boolean =>
  [ZIP, CONTAINER].some((mark) => mark.every((byte, i) => bytes[i] === byte))

/**
 * Opens the sheet that is named, or the only one that is shown; where there are others, or hidden ones, it asks which is meant.
 * Faults: `file.encrypted`, `file.otherWorkbook`, `file.macros`, `file.tooLarge`, `file.damaged`, `file.rowsMost`, `file.columnsMost`.
 */
export function openWorkbook(bytes: Uint8Array, wanted: string | null): Opened {
  if (bytes[0] === CONTAINER[0])
    return no(holdsText16(bytes, 'EncryptedPackage') ? 'file.encrypted' : 'file.otherWorkbook')
  try {
    const parts = openParts(bytes)
    if (parts.names.some((name) => /vbaProject\.bin$/i.test(name))) return no('file.macros')
    if (parts.text('[Content_Types].xml')?.includes('macroEnabled') === true) return no('file.macros')
    return choose(parts, wanted)
  } catch (error) {
    if (!(error instanceof PartFault)) throw error
    return no(error.code)
  }
}

function no(code: TableCode): Opened {
  const most = code === 'file.rowsMost' ? MOST_ROWS : code === 'file.columnsMost' ? MOST_COLUMNS : null
  return { kind: 'fault', fault: tableFault(code, most === null ? {} : { params: { max: most } }) }
}

function choose(parts: Parts, wanted: string | null): Opened {
  const book = parts.text('xl/workbook.xml')
  if (book === undefined) return no('file.otherWorkbook')
  const { sheets, epoch } = readBook(book)
  const named = sheets.find((sheet) => sheet.name === wanted)
  const shown = sheets.filter((sheet) => !sheet.hidden)
  if (named === undefined && (sheets.length > 1 || shown.length === 0))
    return { kind: 'which', sheets: sheets.map(({ name, hidden }) => ({ name, hidden })) }
  const chosen = named ?? shown[0]
  const path = chosen === undefined ? undefined : pathsOf(parts).get(chosen.id)
  const xml = path === undefined ? undefined : parts.text(path)
  if (xml === undefined) return no('file.damaged')
  const texts = readTexts(parts.text('xl/sharedStrings.xml') ?? '')
  const isDate = dateStyles(parts.text('xl/styles.xml') ?? '')
  return { kind: 'sheet', sheet: readSheet(xml, { texts, isDate, epoch }), name: chosen!.name }
}

interface Book {
  sheets: (SheetName & { id: string })[]
  epoch: 1900 | 1904
}

function readBook(xml: string): Book {
  const book: Book = { sheets: [], epoch: 1900 }
  readXml(xml, {
    open(name, attributes) {
      if (name === 'workbookPr' && /^(1|true)$/.test(attributes()['date1904'] ?? '')) book.epoch = 1904
      if (name !== 'sheet') return
      const given = attributes()
      const id = Object.keys(given).find((key) => key.endsWith(':id'))
      const hidden = given['state'] === 'hidden' || given['state'] === 'veryHidden'
      book.sheets.push({ name: given['name'] ?? '', hidden, id: id === undefined ? '' : given[id]! })
    },
  })
  return book
}

/** Where the sheets are, by the ids that the workbook has for them. */
function pathsOf(parts: Parts): Map<string, string> {
  const paths = new Map<string, string>()
  readXml(parts.text('xl/_rels/workbook.xml.rels') ?? '', {
    open(name, attributes) {
      if (name !== 'Relationship') return
      const { Id, Target = '' } = attributes()
      if (Id !== undefined) paths.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`)
    },
  })
  return paths
}

/** Texts that cells share; those of how a text is spoken are left out. */
function readTexts(xml: string): string[] {
  const texts: string[] = []
  let [inText, spoken, text] = [false, false, '']
  readXml(xml, {
    open(name) {
      if (name === 'si') text = ''
      else if (name === 'rPh') spoken = true
      else if (name === 't') inText = true
    },
    text(given) {
      if (inText && !spoken) text += given
    },
    close(name) {
      if (name === 'si') texts.push(text)
      else if (name === 'rPh') spoken = false
      else if (name === 't') inText = false
    },
  })
  return texts
}

/** Formats of numbers that every workbook has, and that show days. */
const DATES = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58])

/** Whether a cell with that style shows its number as a day. */
function dateStyles(xml: string): (style: number) => boolean {
  const own = new Map<number, boolean>()
  const styles: boolean[] = []
  let inCells = false
  readXml(xml, {
    open(name, attributes) {
      if (name === 'cellXfs') inCells = true
      else if (name === 'numFmt') {
        const { numFmtId, formatCode = '' } = attributes()
        own.set(Number(numFmtId), /[ymd\u5E74\u6708\u65E5]/i.test(formatCode.replace(/"[^"]*"|\[[^\]]*\]|\\./g, '')))
      } else if (name === 'xf' && inCells) {
        const id = Number(attributes()['numFmtId'] ?? 0)
        styles.push(own.get(id) ?? DATES.has(id))
      }
    },
    close(name) {
      if (name === 'cellXfs') inCells = false
    },
  })
  return (style) => styles[style] ?? false
}

/** The text stands in the bytes as two bytes a sign, as names in such containers do. */
function holdsText16(bytes: Uint8Array, text: string): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from(text, 'utf16le'))
}

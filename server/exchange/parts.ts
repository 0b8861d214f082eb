/** The parts of a packed workbook, unpacked only as far as they may be large. */
import { unzipSync } from 'fflate'
import { Parser } from 'saxen'

/** Bytes of one part and of all that are read. */
const PART = 24 * 1_048_576
const ALL = 32 * 1_048_576
const ENTRIES = 2_000

/** What cannot be read, or is more than any table needs. */
export class PartFault extends Error {
  readonly code: 'file.tooLarge' | 'file.damaged' | 'file.rowsMost' | 'file.columnsMost'
  constructor(code: PartFault['code']) {
    super(code)
    this.code = code
  }
}

export interface Parts {
  names: readonly string[]
  /** the text of a part; undefined when there is none. Throws a PartFault */
  text(name: string): string | undefined
}

/** Opens the package; nothing is unpacked yet. Throws a PartFault. */
export function openParts(bytes: Uint8Array): Parts {
  const names: string[] = []
  let spent = 0
  unpack((name) => {
    if (names.push(name) > ENTRIES) throw new PartFault('file.tooLarge')
    return false
  })
  return {
    names,
    text(wanted) {
      const found = unpack((name, size) => {
        if (name !== wanted) return false
        spent += size
        // the buffer is as long as the package says: what unpacks to more is cut there and is no XML
        if (size > PART || spent > ALL) throw new PartFault('file.tooLarge')
        return true
      })[wanted]
      return found === undefined ? undefined : new TextDecoder().decode(found)
    },
  }

  function unpack(wanted: (name: string, size: number) => boolean): Record<string, Uint8Array> {
    try {
      return unzipSync(bytes, { filter: ({ name, originalSize }) => wanted(name, originalSize) })
    } catch (error) {
      throw error instanceof PartFault ? error : new PartFault('file.damaged')
    }
  }
}

/** What hears of elements and texts; names are without their prefix. */
export interface Hearer {
  open(name: string, attributes: () => Record<string, string>): void
  close?(name: string): void
  text?(text: string): void
}

/** Goes through XML; no entity but those of XML itself is known. Throws a PartFault where it is broken off or no XML. */
export function readXml(xml: string, { open, close = () => undefined, text = () => undefined }: Hearer): void {
  // a part that a workbook has no need of
  if (xml === '') return
  const bare = (name: string) => name.slice(name.indexOf(':') + 1)
  const parser = new Parser()
  parser.on('openTag', (name, attributes, decode) => open(bare(name), () => decoded(attributes(), decode)))
  parser.on('closeTag', (name) => close(bare(name)))
  parser.on('text', (given, decode) => text(decode(given)))
  parser.on('cdata', text)
  parser.on('error', () => {
    throw new PartFault('file.damaged')
  })
  parser.parse(xml)
}

function decoded(attributes: Record<string, string>, decode: (text: string) => string): Record<string, string> {
  for (const name in attributes) if (attributes[name]!.includes('&')) attributes[name] = decode(attributes[name]!)
  return attributes
}

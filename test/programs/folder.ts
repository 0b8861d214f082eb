/** A programme's folder to be spoilt, and what is said of it. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkProgramme } from '../../server/tools/programme/check.ts'

export interface Folder {
  path: string
  /** changes a file's text; throws where nothing changes */
  edit(file: string, change: (text: string) => string): void
  write(file: string, content: string | Uint8Array): void
  faults(): string[]
  doubts(): string[]
  remove(): void
}

/** A copy of the trial programme (two districts with five streets), or of another. */
export function copyOf(from = 'test/fixtures/trial-programme'): Folder {
  const path = mkdtempSync(join(tmpdir(), 'programme-'))
  cpSync(from, path, { recursive: true })
  rmSync(join(path, 'replay.json'), { force: true })
  const write = (file: string, content: string | Uint8Array) => writeFileSync(join(path, file), content)
  return {
    path,
    write,
    edit(file, change) {
      const before = readFileSync(join(path, file), 'utf8')
      const after = change(before)
      if (after === before) throw new Error(`nothing changes in ${file}`)
      write(file, after)
    },
    faults: () => checkProgramme(path).faults,
    doubts: () => checkProgramme(path).doubts,
    remove: () => rmSync(path, { recursive: true }),
  }
}

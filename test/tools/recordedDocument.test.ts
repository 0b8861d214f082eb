/** What `docs/programme.md` says of a recorded source is true: its example is replayed, and every field of `replay.json` is named. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settingOf } from '../../shared/domain/world.ts'
import { loadProgramme } from '../../server/programs/load.ts'
import { formatSchema, readFormat } from '../../server/tools/replay/format.ts'
import { endedReplay } from '../support/replayRun.ts'

const document = readFileSync(join(import.meta.dirname, '../../docs/programme.md'), 'utf8')
const files = [...document.matchAll(/^```(?:csv|json) (\S+)\n([\s\S]*?)^```$/gm)].map((m) => [m[1]!, m[2]!] as const)

describe('a recorded source in docs/programme.md', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'recorded-document-'))
    for (const [file, text] of files) writeFileSync(join(folder, file), text)
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test('P1 its example comes to what is said, exact', { timeout: 60_000 }, async () => {
    const [, shown] = /^```\n(4 publications, 8 rows\n[\s\S]*?)^```$/m.exec(document)!
    const { lines, code } = await endedReplay(folder)
    const end = lines.map((line) => line.replace(/^(4 publications, 8 rows): .*$/, '$1'))
    expect(end.join('\n')).toContain(shown!.trimEnd())
    expect(code).toBe(0)
  })

  test('P1 it names every field, with the values that the schema has for what is left out', () => {
    for (const name of Object.keys(formatSchema.shape))
      expect(document, name).toMatch(new RegExp(`^\\|.*\`${name}\``, 'm'))
    const loaded = loadProgramme(folder)
    if (!loaded.ok) throw new Error('the example does not load; see test/programs')
    expect(readFormat(folder, settingOf(loaded.programme, 'replayed'))).toMatchObject({
      groups: [],
      cumulative: [],
      falls: 'refused',
      direction: 'requested',
      importer: { name: 'Publication', role: 'office', unit: 'T' },
      reviewer: null,
      people: [{ role: 'office', unit: 'T' }],
    })
  })
})

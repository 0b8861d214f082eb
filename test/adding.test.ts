/** The exercise of `docs/adding.md`, done to the sources in memory: it works, and nothing of it can be forgotten silently. */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { blocksOf, openCompiler, patched, sourceAt } from './support/exercise.ts'

const root = join(import.meta.dirname, '..')
const document = sourceAt(root, 'docs/adding.md')
const blocks = blocksOf(document)
const after = new Map(
  blocks.map(({ path, text, isDiff }) => [path, isDiff ? patched(sourceAt(root, path), text) : text]),
)
const compiler = openCompiler(root)
const without = (...paths: string[]) => new Map([...after].filter(([path]) => !paths.includes(path)))

/** tables that must name every event, every command, every word */
const TABLES = ['shared/policy.ts', 'server/live/views/history.ts', 'client/ui/changeWords.ts']
const WORDS = ['en', 'zh'].flatMap((locale) => [`client/i18n/${locale}/common.ts`, `client/i18n/${locale}/outbox.ts`])

describe('adding an event and a command', { timeout: 600_000 }, () => {
  test('the list of files is about as long as it says', () => {
    const listed = [...document.matchAll(/^\| `([^`]+)`/gm)].map((m) => m[1]!)
    expect(listed).toEqual([...blocks.map((b) => b.path), 'client/features/sheet/CellPanel.vue'])
    expect(listed).toHaveLength(11)
    expect(() => sourceAt(root, 'client/features/sheet/CellPanel.vue')).not.toThrow()
    expect(after.keys()).toContain('shared/domain/hold.ts')
  })

  test('with every file of the list everything compiles: nothing else has to change', () => {
    expect(compiler.failing(after)).toEqual([])
  })

  test('an event without its definition does not compile', () => {
    const event = after.get('shared/event.ts')!.replace('  ...holdEvents,\n', '')
    expect(compiler.failing(new Map([...after, ['shared/event.ts', event]]), ['shared/event.ts'])).toHaveLength(1)
  })

  test('the compiler names every table that lacks it', () => {
    expect(compiler.failing(without(...TABLES, ...WORDS), TABLES)).toEqual(TABLES.toSorted())
  })

  test('a word that a language lacks does not compile', () => {
    expect(compiler.failing(without(...WORDS), WORDS)).toEqual(WORDS)
  })
})

describe('blocks of a document', () => {
  test('a diff puts lines where its context stands', () => {
    expect(patched('a\nb\nc\n', ' a\n+x\n b\n@@\n-c\n+d\n')).toBe('a\nx\nb\nd\n')
  })

  test('a diff whose context is gone says so', () => {
    expect(() => patched('a\nb\n', ' a\n+x\n c\n')).toThrow('does not stand in the file')
  })
})

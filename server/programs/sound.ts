/** A programme with its malformed parts replaced, so that what the sound ones name can still be looked up. */
import {
  baselineSchema,
  counterSchema,
  type Programme,
  programmeSchema,
  targetSchema,
} from '../../shared/domain/programme.ts'
import { parse, type z } from '../../shared/schema.ts'

type Fields = Record<string, unknown>

/** Reads single fields of a part; a malformed one is replaced. */
function reader(shape: Record<string, z.ZodType>, raw: Fields) {
  const read = (field: string) => parse(shape[field]!, raw[field])
  return {
    sound: <T>(field: string, instead: T): T => {
      const value = read(field)
      return value.ok ? (value.value as T) : instead
    },
    are: (...fields: string[]) => fields.every((field) => read(field).ok),
  }
}

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Entries with their malformed fields replaced; null where the list is none, or one of its entries cannot be told. */
function entries<T>(raw: unknown, sound: (entry: Fields, i: number) => T | null): T[] | null {
  if (!Array.isArray(raw) || !raw.every(isObject)) return null
  const read = raw.map(sound)
  return read.every((entry) => entry !== null) ? read : null
}

/** The replacements cause no faults of their own. */
export function soundParts(raw: Fields): Programme {
  const { sound } = reader(programmeSchema.shape, raw)
  const units = raw.units as Programme['units']
  const counters = entries(raw.counters, soundCounter)
  const issues = sound<Programme['issues'] | undefined>('issues', undefined)
  const top = units.find((u) => u.parent === null)?.code ?? ''
  return {
    ...raw,
    units,
    levels: sound(
      'levels',
      [...new Set(units.map((u) => u.level))].map((k) => ({ key: k })),
    ),
    counters: counters ?? [],
    baselines:
      (counters !== null && entries(raw.baselines, (entry) => soundBaseline(entry, top, counters[0]?.key ?? ''))) || [],
    opening: counters === null ? undefined : sound('opening', undefined),
    reporting: sound('reporting', { expected: 'everyDay' }),
    roles: sound('roles', { legal: {} }),
    issues: issues ?? null,
    // where questions are malformed, nothing is said of what they are about
    regulation: issues === undefined ? null : sound('regulation', null),
  } as unknown as Programme
}

function soundCounter(raw: Fields): Programme['counters'][number] | null {
  const { sound, are } = reader(counterSchema.shape, raw)
  if (!are('key')) return null
  return { ...raw, within: sound('within', null), expected: sound('expected', null) } as Programme['counters'][number]
}

/** Null where its order among the others cannot be told. */
function soundBaseline(raw: Fields, unit: string, counter: string): Programme['baselines'][number] | null {
  const { sound, are } = reader(baselineSchema.shape, raw)
  const targets = entries(raw.targets, (target, i) => soundTarget(target, i, unit, counter))
  if (!are('key', 'inForceFrom') || targets === null) return null
  const isNamed = targets.every((target, i) => target.key === (raw.targets as Fields[])[i]!.key)
  return { ...raw, targets, main: isNamed ? sound('main', undefined) : undefined } as Programme['baselines'][number]
}

type Target = z.infer<typeof targetSchema>

/** `unit` and `counter` stand for malformed ones. */
function soundTarget(raw: Fields, i: number, unit: string, counter: string): Target {
  const { sound, are } = reader(targetSchema.shape, raw)
  const { sound: ofPath } = reader(targetSchema.shape.path.shape, isObject(raw.path) ? raw.path : {})
  const isShared = are('unit', 'measure', 'threshold', 'base', 'shareBy')
  return {
    ...raw,
    // no key has a blank
    key: sound('key', `target ${i}`),
    unit: sound('unit', unit),
    counter: sound('counter', counter),
    measure: are('base') ? sound('measure', 'count') : 'count',
    threshold: sound('threshold', 1),
    base: sound('base', null),
    shareBy: sound('shareBy', null),
    due: sound('due', '9999-12-31'),
    path: { ...(raw.path as object), from: ofPath('from', '0001-01-01'), start: ofPath('start', {}) },
    allocation: isShared ? sound('allocation', {}) : {},
  } as Target
}

/** Places that refusals name, held against the input of their command. */
import { type CommandKind, COMMANDS } from '../../shared/command.ts'
import type { z } from '../../shared/schema.ts'

/** True when the place is one of the command's input, by its schema; one of a list of keys may be named by the key. */
export const isPlace = (at: string, kind: CommandKind, input: unknown): boolean =>
  leadsInto(COMMANDS[kind].input, at.split('.'), input)

function leadsInto(schema: z.core.$ZodType, path: readonly string[], value: unknown): boolean {
  const { def } = (schema as z.core.$ZodTypes)._zod
  const [step, ...rest] = path
  if (def.type === 'optional' || def.type === 'nullable' || def.type === 'default')
    return leadsInto(def.innerType, path, value)
  if (def.type === 'pipe') return leadsInto(def.out, path, value)
  if (def.type === 'union') return def.options.some((option) => leadsInto(option, path, value))
  if (step === undefined) return true
  if (def.type === 'object') return step in def.shape && leadsInto(def.shape[step]!, rest, field(value, step))
  if (def.type === 'record') return leadsInto(def.valueType, rest, field(value, step))
  if (def.type !== 'array' || !Array.isArray(value)) return false
  return value.includes(step) || (Number(step) < value.length && leadsInto(def.element, rest, value[Number(step)]))
}

const field = (value: unknown, name: string): unknown => (value as Record<string, unknown> | undefined)?.[name]

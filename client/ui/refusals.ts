/** Refusals in words: what is wrong, with its figures, and what mends it. */
import { useI18n } from 'vue-i18n'
import type { Refusal } from '../../shared/errors.ts'
import { ROLES } from '../../shared/domain/roles.ts'
import { isDay } from '../../shared/progress/day.ts'
import { useProgramme } from '../stores/programme.ts'
import { useFormat } from './format.ts'

export interface Refusals {
  /** one sentence in the reader's language */
  say(refusal: Refusal): string
  /** the sentences about one place of the input; '' = about the whole */
  at(refusals: readonly Refusal[], place: string): string[]
}

export function useRefusals(): Refusals {
  const { t, te } = useI18n()
  const format = useFormat()
  const programme = useProgramme()

  function fill(name: string, value: string | number): string {
    if (typeof value === 'number') return format.int(value)
    // what was read is shown as it stands
    if (name === 'text' || name === 'other') return value
    if (isDay(value)) return format.day(value)
    if (!programme.ready) return te(`refusals.words.${value}`) ? t(`refusals.words.${value}`) : value
    if (name === 'names') return value.split(', ').map(headingOf).join(t('files.list.join'))
    const unit = name === 'unit' || name === 'into' ? programme.units.get(value) : undefined
    if (unit !== undefined) return programme.name(unit.name)
    const role = ROLES.find((r) => name === 'role' && r === value)
    if (role !== undefined) return programme.role(role)
    if (name === 'counter' || name === 'within' || name === 'key') {
      const counter = programme.programme.counters.find((c) => c.key === value)
      if (counter !== undefined) return programme.name(counter.name)
    }
    return te(`refusals.words.${value}`) ? t(`refusals.words.${value}`) : value
  }

  /** what a column is called here: that of a counter, or another that has a word */
  function headingOf(key: string): string {
    const counter = programme.programme.counters.find((c) => c.key === key)
    if (counter !== undefined) return programme.name(counter.name)
    return te(`refusals.words.${key}`) ? t(`refusals.words.${key}`) : key
  }

  function say(refusal: Refusal): string {
    const params: Record<string, string> = {}
    for (const [name, value] of Object.entries(refusal.params ?? {})) params[name] = fill(name, value)
    const { ms } = refusal.params ?? {}
    if (typeof ms === 'number') params['s'] = format.int(Math.ceil(ms / 1_000))
    // a sentence that needs figures has a plainer form for when they are not given
    const plain = `refusals.plain.${refusal.code}`
    if (Object.keys(params).length === 0 && te(plain)) return t(plain)
    // and one that names who carries on has another for when nobody does
    const alone = `refusals.alone.${refusal.code}`
    return t(params['into'] === undefined && te(alone) ? alone : `refusals.${refusal.code}`, params)
  }

  return {
    say,
    at: (refusals, place) => refusals.filter((r) => (r.at ?? '') === place).map(say),
  }
}

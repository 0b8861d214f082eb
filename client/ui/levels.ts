/** Names of levels of units, as they stand inside a title or a sentence. */
import { useI18n } from 'vue-i18n'
import { useProgramme } from '../stores/programme.ts'

/** The level of a unit in words; '' when it has none. English goes on in small letters. */
export function useLevels(): (code: string | undefined) => string {
  const { locale } = useI18n()
  const store = useProgramme()
  return (code) => {
    const key = code === undefined ? undefined : store.units.get(code)?.level
    const level = store.programme.levels.find((l) => l.key === key)
    const name = level === undefined ? '' : store.name(level.name)
    return locale.value === 'en' ? name.toLowerCase() : name
  }
}

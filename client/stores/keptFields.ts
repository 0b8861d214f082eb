/** What is typed into a dialog and not sent yet: neither a reload nor the end of a session takes it away. */
import { type Ref, watch } from 'vue'
import { tabStorage } from '../sync/device.ts'
import { useProgramme } from './programme.ts'
import { useSession } from './session.ts'

/**
 * Keeps the fields in this tab, for this person, from the opening until the dialog is closed by hand or its act is done;
 * opened again about the same, it has what was typed. Called after the dialog's own watcher that empties its fields.
 * `about`: what the dialog is about, as a name. Fields hold what JSON can; of an object those entries are taken that were kept.
 */
export function useKeptFields(
  open: Readonly<Ref<boolean>>,
  about: () => string,
  fields: Readonly<Record<string, Ref<unknown>>>,
): void {
  const session = useSession()
  const programme = useProgramme()
  let key = ''
  const values = (): string =>
    JSON.stringify(Object.fromEntries(Object.entries(fields).map(([name, f]) => [name, f.value])))

  watch(
    open,
    (now, before) => {
      if (now) {
        key = `fields/${programme.programme.key}/${session.me?.id ?? ''}/${about()}`
        take(tabStorage.get(key))
      } else if (before === true) tabStorage.remove(key)
    },
    { immediate: true },
  )
  watch(values, (text) => open.value && tabStorage.set(key, text))

  function take(kept: string | null): void {
    if (kept === null) return
    let typed: Record<string, unknown>
    try {
      typed = JSON.parse(kept) as Record<string, unknown>
    } catch {
      return
    }
    for (const [name, field] of Object.entries(fields)) {
      const [now, value] = [field.value, typed[name]]
      if (typeof value !== typeof now || value === null) continue
      field.value = typeof now === 'object' ? { ...now, ...(value as object) } : value
    }
  }
}

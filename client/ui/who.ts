/** Whoever did something, by name; a machine is marked as one (M11). */
import { useI18n } from 'vue-i18n'
import { isMachine } from '../../shared/domain/machineId.ts'

export function useWho(): (person: { id: string; name: string }) => string {
  const { t } = useI18n()
  return ({ id, name }) => (isMachine(id) ? t('common.machine', { name }) : name)
}

/** Telephone numbers of the members about whom one decides: on the page for as long as it is open, never on the device (N27). */
import { computed, onMounted, ref } from 'vue'
import type { Refusal } from '../../shared/errors.ts'
import { mayCommand } from '../../shared/policy.ts'
import { callApi } from '../sync/api.ts'
import { useProgramme } from './programme.ts'
import { useSession } from './session.ts'

export function usePhones() {
  const session = useSession()
  const programme = useProgramme()
  const numbers = ref<ReadonlyMap<string, string>>(new Map())
  const refusals = ref<readonly Refusal[]>([])
  const may = computed(() => session.me !== null && mayCommand(session.me, 'KeepPhones', programme.units))
  async function load(): Promise<void> {
    if (!may.value) return
    const answer = await callApi('phones', {})
    refusals.value = answer.ok ? [] : answer.refusals
    if (answer.ok) numbers.value = new Map(answer.value.phones.map(({ member, phone }) => [member, phone]))
  }
  onMounted(load)
  return {
    may,
    refusals,
    load,
    of: (member: string): string | null => numbers.value.get(member) ?? null,
  }
}

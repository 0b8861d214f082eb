/** Invitations that wait, loaded from the server and again whenever something about them was done. */
import { onMounted, type Ref, ref } from 'vue'
import type { Refusal } from '../../../shared/errors.ts'
import type { PendingInvitation } from '../../../shared/protocol/api.ts'
import { callApi } from '../../sync/api.ts'

export interface Invitations {
  /** null until they are loaded */
  list: Ref<readonly PendingInvitation[] | null>
  refusals: Ref<readonly Refusal[]>
  load(): Promise<void>
  withdraw(invitation: string): Promise<void>
}

export function useInvitations(): Invitations {
  const list = ref<readonly PendingInvitation[] | null>(null)
  const refusals = ref<readonly Refusal[]>([])
  async function load(): Promise<void> {
    const answer = await callApi('invitations', {})
    refusals.value = answer.ok ? [] : answer.refusals
    if (answer.ok) list.value = answer.value.invitations
  }
  onMounted(load)
  return {
    list,
    refusals,
    load,
    async withdraw(invitation) {
      const answer = await callApi('withdrawInvitation', { invitation })
      refusals.value = answer.ok ? [] : answer.refusals
      if (answer.ok) await load()
    },
  }
}

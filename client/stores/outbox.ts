/** What is on its way from this device, as pages show it. Opened once by the application. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { outbox } from '../sync/commands.ts'
import { backupOf } from '../sync/leaving.ts'
import { useConnection } from './connection.ts'
import { useSession } from './session.ts'

export type { Refused, Waiting } from '../sync/outbox.ts'

export const useOutbox = defineStore('outbox', () => {
  const session = useSession()
  const connection = useConnection()
  const state = shallowRef(look())
  const kept = ref(true)
  let changes = 0
  outbox.onChange(() => {
    state.value = look()
    kept.value = false
    const change = ++changes
    void outbox.written().then(() => (kept.value = change === changes && outbox.isKept()))
  })
  watch(
    () => [session.owner?.programme, session.owner?.member],
    () => {
      if (session.owner === null) outbox.close()
      else outbox.open(session.owner)
    },
    { immediate: true },
  )
  watch(
    () => connection.state,
    (now) => {
      if (now === 'live' && state.value.waiting.length > 0) outbox.flush()
    },
  )

  return {
    /** commands without an answer, in the order of sending */
    waiting: computed(() => state.value.waiting),
    /** what is shown is on the device */
    kept,
    /** id of the command that is out at this moment */
    sending: computed(() => state.value.sending),
    /** the last try found no answer */
    stuck: computed(() => state.value.stuck),
    /** what no further try by itself will mend */
    blocked: computed(() => state.value.blocked),
    /** refused after the page that sent them was gone, or where that is to be kept */
    refused: computed(() => state.value.refused),
    /** accepted after the page that sent them was gone, and not seen yet */
    arrived: computed(() => state.value.arrived),
    /** all that is not with the server yet, as a file holds it; null while nobody is signed in */
    backup: () => (session.owner === null ? null : backupOf(session.owner)),
    see: () => outbox.see(),
    dismiss: (id: string) => outbox.dismiss(id),
    /** ids of what waits and can be taken back */
    retractable: computed(() => state.value.waiting.map(({ id }) => id).filter((id) => outbox.mayTakeBack(id))),
    takeBack: (id: string) => outbox.takeBack(id),
    flush: () => outbox.flush(),
  }
})

const look = () => ({
  waiting: outbox.waiting(),
  sending: outbox.sending(),
  stuck: outbox.stuck(),
  blocked: outbox.blocked(),
  refused: outbox.refused(),
  arrived: outbox.arrived(),
})

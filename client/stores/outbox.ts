/** What is on its way from this device, as pages show it. Opened once by the application. */
import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import { outbox } from '../sync/commands.ts'
import { useConnection } from './connection.ts'
import { useSession } from './session.ts'

export const useOutbox = defineStore('outbox', () => {
  const session = useSession()
  const connection = useConnection()
  const state = shallowRef(look())
  outbox.onChange(() => (state.value = look()))
  watch(
    () => [session.info?.programme?.key, session.me?.id] as const,
    ([programme, member]) => {
      if (programme === undefined || member === undefined) outbox.close()
      else outbox.open({ programme, member })
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
    /** id of the command that is out at this moment */
    sending: computed(() => state.value.sending),
    /** the last try found no answer */
    stuck: computed(() => state.value.stuck),
    /** refused after the page that sent them was gone */
    refused: computed(() => state.value.refused),
  }
})

const look = () => ({
  waiting: outbox.waiting(),
  sending: outbox.sending(),
  stuck: outbox.stuck(),
  refused: outbox.refused(),
})

/** How far the page is known to be current, and since when. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { connection, feed, pageNow } from '../sync/live.ts'
import { type Freshness, freshnessAt, isClosed, isStale } from './freshness.ts'

const LOOK_MS = 500

export const useConnection = defineStore('connection', () => {
  const { socket } = connection
  const proven = shallowRef(feed.proven())
  const connected = ref(socket.connected)
  const now = ref(pageNow())
  /** wall clock of the last proof */
  const provenAt = shallowRef<Date | null>(null)
  const look = () => {
    const next = feed.proven()
    if (next.at === null) provenAt.value = null
    else if (next.at !== proven.value.at) provenAt.value = new Date(Date.now() - (pageNow() - next.at))
    proven.value = next
    connected.value = socket.connected
    now.value = pageNow()
  }
  /** the server has said that it stops, and is not back yet */
  const restarting = ref(false)
  feed.onProven(look)
  socket.on('connect', () => {
    restarting.value = false
    look()
  })
  socket.on('closing', () => (restarting.value = true))
  setInterval(look, LOOK_MS)
  /** since when the page waits for its very first proof */
  const began = pageNow()

  const seq = computed(() => proven.value.seq)
  /** ms since the page was last proven current */
  const age = computed(() => Math.max(0, now.value - (proven.value.at ?? began)))
  const state = computed<Freshness>(() => freshnessAt(now.value, proven.value, began, connected.value))
  /** over ten seconds without proof */
  const stale = computed(() => isStale(state.value))

  /** what the server says of itself that readers have to know */
  const trouble = computed(() => proven.value.trouble)
  /** nothing that is sent now would be taken */
  const closed = computed(() => isClosed(trouble.value, state.value))

  /** what the page shows may look like what it says: it is proven, and the log behind it is whole as far as is known */
  const solid = computed(() => !stale.value && trouble.value !== 'damaged')

  return { state, stale, solid, restarting, trouble, closed, provenAt, seq, age }
})

/** How far the page is known to be current, and since when. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { connection, feed, pageNow } from '../sync/live.ts'
import { type Freshness, freshnessAt } from './freshness.ts'

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
  /** nothing on the page may look solid */
  const stale = computed(() => state.value === 'stale' || state.value === 'offline')

  return { state, stale, restarting, provenAt, seq, age }
})

/** How far the page can be trusted to be current, and since when. */
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { connection, feed } from '../sync/live.ts'
import { type ConnectionState, stateAt } from './trust.ts'

export const useConnection = defineStore('connection', () => {
  const { socket } = connection
  const proven = ref(feed.proven())
  const connected = ref(socket.connected)
  const now = ref(Date.now())
  feed.onProven(() => {
    proven.value = feed.proven()
    connected.value = socket.connected
    now.value = Date.now()
  })
  socket.on('connect', () => (connected.value = true))
  setInterval(() => (now.value = Date.now()), 1_000)
  /** since when the page waits for its very first proof */
  const began = Date.now()

  const seq = computed(() => proven.value.seq)
  const provenAt = computed(() => (proven.value.at === null ? null : new Date(proven.value.at)))
  /** ms since the page was last proven current */
  const age = computed(() => Math.max(0, now.value - (proven.value.at ?? began)))
  const state = computed<ConnectionState>(() => stateAt(age.value, proven.value.at !== null, connected.value))
  /** nothing on the page may look solid */
  const stale = computed(() => state.value === 'stale' || state.value === 'offline')

  return { state, stale, provenAt, seq, age }
})

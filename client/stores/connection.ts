/** How far the page is known to be current, and since when. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { connection, feed, pageNow } from '../sync/live.ts'
import { type Freshness, freshnessAt, isClosed, isOld } from './freshness.ts'

const LOOK_MS = 500

export const useConnection = defineStore('connection', () => {
  const { socket } = connection
  const proven = shallowRef(feed.proven())
  /** since when the connection is gone; null with one, and before the first */
  let goneAt: number | null = null
  /** when the browser said that there is no network; null when there is some */
  let offlineAt: number | null = null
  const lostFor = (): number => {
    // a server on this machine is there without a network: what it has proven since stands against the browser
    if (offlineAt !== null && !(socket.connected && (feed.proven().at ?? 0) > offlineAt)) return Infinity
    if (socket.connected) return 0
    // one that was never there is waited for
    return goneAt === null ? 1 : Math.max(1, pageNow() - goneAt)
  }
  const lost = ref(lostFor())
  const now = ref(pageNow())
  /** wall clock of the last proof */
  const provenAt = shallowRef<Date | null>(null)
  const look = () => {
    const next = feed.proven()
    if (next.at === null) provenAt.value = null
    else if (next.at !== proven.value.at) provenAt.value = new Date(Date.now() - (pageNow() - next.at))
    proven.value = next
    lost.value = lostFor()
    now.value = pageNow()
  }
  /** the server has said that it stops, and is not back yet */
  const restarting = ref(false)
  feed.onProven(look)
  socket.on('connect', () => {
    restarting.value = false
    goneAt = null
    look()
  })
  socket.on('disconnect', () => {
    goneAt ??= pageNow()
    look()
  })
  addEventListener('offline', () => {
    offlineAt = pageNow()
    look()
  })
  addEventListener('online', () => {
    offlineAt = null
    look()
  })
  socket.on('closing', () => (restarting.value = true))
  setInterval(look, LOOK_MS)
  /** since when the page waits for its very first proof */
  const began = pageNow()

  const seq = computed(() => proven.value.seq)
  /** ms since the page was last proven current */
  const age = computed(() => Math.max(0, now.value - (proven.value.at ?? began)))
  const state = computed<Freshness>(() => freshnessAt(now.value, proven.value, began, lost.value))
  /** nothing comes from the server: what the device does not have is not shown */
  const away = computed(() => state.value === 'offline' || state.value === 'stale')
  /** over ten seconds without proof */
  const stale = computed(() => isOld(now.value, proven.value, began))

  /** what the server says of itself that readers have to know */
  const trouble = computed(() => proven.value.trouble)
  /** nothing that is sent now would be taken */
  const closed = computed(() => isClosed(trouble.value, state.value))

  /** what the page shows may look like what it says: it is proven, and the log behind it is whole as far as is known */
  const solid = computed(() => !stale.value && trouble.value !== 'damaged')

  return { state, away, stale, solid, restarting, trouble, closed, provenAt, seq, age }
})

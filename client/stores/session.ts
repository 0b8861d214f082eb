/** Who is signed in on this device. */
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { Refusal, Result } from '../../shared/errors.ts'
import type { SessionInfo } from '../../shared/protocol/api.ts'
import { offerLocale } from '../i18n/index.ts'
import { callApi, onSignedOut } from '../sync/api.ts'
import { tabStorage } from '../sync/device.ts'
import { connection, onSuspect, pageNow } from '../sync/live.ts'

/** In a tab whose page has had a session and not signed out: that one is over is told also by a page that was loaded anew. */
const OPEN = 'session/open'

export const useSession = defineStore('session', () => {
  const info = ref<SessionInfo | null>(null)
  const me = computed(() => info.value?.me ?? null)
  /** the session ended without this page having asked for it */
  const ended = ref(false)
  /** this page is signing out: the server ends the connection meanwhile */
  let leaving = false

  /** ms of the page's clock at which the session ends however much it is used; null when nobody is signed in */
  let ends: number | null = null

  function hold(next: SessionInfo): void {
    info.value = next
    if (next.me !== null) tabStorage.set(OPEN, '')
    if (next.programme?.language !== undefined) offerLocale(next.programme.language)
    ends = next.endsIn === null ? null : pageNow() + next.endsIn
  }

  /** ms until the session ends however much it is used; null when nobody is signed in. */
  const left = (): number | null => (ends === null ? null : ends - pageNow())

  /** Asks who is signed in; keeps what it knows when the network is lost. */
  async function load(): Promise<Refusal[]> {
    return take(await callApi('session', {}))
  }

  async function signIn(login: string, password: string): Promise<Refusal[]> {
    return take(await callApi('signIn', { login, password }))
  }

  async function demoSignIn(member: string): Promise<Refusal[]> {
    return take(await callApi('demoSignIn', { member }))
  }

  async function join(input: { token: string; name: string; login: string; password: string }): Promise<Refusal[]> {
    return take(await callApi('join', input))
  }

  async function resetPassword(input: { token: string; password: string }): Promise<Refusal[]> {
    return take(await callApi('resetPassword', input))
  }

  async function signOut(where: 'here' | 'everywhere' = 'here'): Promise<Refusal[]> {
    leaving = true
    const answer = await callApi(where === 'here' ? 'signOut' : 'endSessions', {})
    leaving = false
    if (!answer.ok && !answer.refusals.some((r) => r.code === 'may.signIn')) return answer.refusals
    ended.value = false
    tabStorage.remove(OPEN)
    leave()
    return []
  }

  function take(answer: Result<SessionInfo>): Refusal[] {
    if (!answer.ok) return answer.refusals
    const before = me.value?.id
    hold(answer.value)
    if (me.value === null) {
      ended.value = tabStorage.get(OPEN) !== null
      connection.stop()
    } else if (before !== me.value.id || !connection.socket.connected) {
      // the handshake carries the cookie, so another person needs another connection
      connection.start()
      ended.value = false
    }
    return []
  }

  function leave(): void {
    if (info.value !== null) hold({ ...info.value, me: null, endsIn: null })
    connection.stop()
  }

  /** The server may have ended the session: asks it. */
  async function checkSession(): Promise<void> {
    const isOver = () => me.value === null || leaving
    if (isOver()) return
    const answer = await callApi('session', {})
    if (!answer.ok || isOver()) return
    if (answer.value.me === null) {
      ended.value = true
      leave()
    } else hold(answer.value)
  }
  onSignedOut(() => void checkSession())
  onSuspect(() => void checkSession())

  return { info, me, ended, left, load, signIn, demoSignIn, join, resetPassword, signOut }
})

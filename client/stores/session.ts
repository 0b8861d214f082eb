/** Who is signed in on this device. */
import { defineStore } from 'pinia'
import { computed, nextTick, ref } from 'vue'
import type { Refusal, Result } from '../../shared/errors.ts'
import type { SessionInfo } from '../../shared/protocol/api.ts'
import { offerLocale } from '../i18n/index.ts'
import { actFor, callApi, onSignedOut } from '../sync/api.ts'
import { serverTakes } from '../sync/commands.ts'
import { otherTabs, shelf, tabStorage } from '../sync/device.ts'
import type { Owner } from '../sync/drafts.ts'
import { clearDevice } from '../sync/leaving.ts'
import { connection, onConnected, onSuspect, pageNow } from '../sync/live.ts'
import { forgetSignedIn, rememberSignedIn, signedInHere } from '../sync/signedIn.ts'

/** In a tab whose page has had a session and not signed out: that one is over is told also by a page that was loaded anew. */
const OPEN = 'session/open'

/** ms that a page waits for its first answer before it begins with what the device knows */
const FIRST_MS = 5_000

const isAway = (refusals: readonly Refusal[]): boolean =>
  refusals.every(({ code }) => code === 'network.unreachable' || code === 'network.lost')

export const useSession = defineStore('session', () => {
  const info = ref<SessionInfo | null>(null)
  const me = computed(() => info.value?.me ?? null)
  /** the session ended without this page having asked for it */
  const ended = ref(false)
  /** this page is signing out: the server ends the connection meanwhile */
  let leaving = false
  /** who has signed in on this browser since: this page goes on for nobody but its own person */
  const other = ref<string | null>(null)
  /** whose the texts on the device are; null while nobody is signed in, or somebody else is */
  const owner = computed<Owner | null>(() => {
    const programme = info.value?.programme?.key
    return me.value === null || programme === undefined || other.value !== null
      ? null
      : { programme, member: me.value.id }
  })
  /** tells the other tabs that somebody has signed in, or who has left the device */
  const tabs = otherTabs<{ left: Owner | null }>('session')

  /** ms of the page's clock at which the session ends however much it is used; null when nobody is signed in */
  let ends: number | null = null

  function hold(next: SessionInfo): void {
    info.value = next
    actFor(next.me?.id ?? null)
    shelf.open(owner.value)
    serverTakes(next.commands)
    if (next.me !== null) tabStorage.set(OPEN, '')
    if (next.programme?.language !== undefined) offerLocale(next.programme.language)
    ends = next.endsIn === null ? null : pageNow() + next.endsIn
  }

  /** ms until the session ends however much it is used; null when nobody is signed in. */
  const left = (): number | null => (ends === null ? null : ends - pageNow())

  /** Asks who is signed in; keeps what it knows when the network is lost, and begins with whom the device knows. */
  async function load(): Promise<Refusal[]> {
    const answer = await callApi('session', {}, { within: info.value === null ? FIRST_MS : undefined })
    const known = info.value === null ? signedInHere() : null
    if (!answer.ok && isAway(answer.refusals) && known?.me != null) {
      hold(known)
      connection.start(known.me.id)
      return []
    }
    return take(answer)
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
    const whose = owner.value
    leave()
    if (whose !== null) await clear(whose)
    tabs.tell({ left: whose })
    return []
  }

  function take(answer: Result<SessionInfo>): Refusal[] {
    if (!answer.ok) return answer.refusals
    const before = me.value?.id
    other.value = null
    hold(answer.value)
    rememberSignedIn(answer.value)
    if (before !== me.value?.id) tabs.tell({ left: null })
    if (me.value === null) {
      ended.value = tabStorage.get(OPEN) !== null
      connection.stop()
    } else if (before !== me.value.id || !connection.socket.connected) {
      // the handshake carries the cookie, so another person needs another connection
      connection.start(me.value.id)
      ended.value = false
    }
    return []
  }

  function leave(): void {
    if (info.value !== null) hold({ ...info.value, me: null, endsIn: null })
    other.value = null
    forgetSignedIn()
    connection.stop()
  }

  async function clear(whose: Owner): Promise<void> {
    // a page that goes puts down what was in hand
    await nextTick()
    await clearDevice(whose)
  }

  /** The server may have ended the session, or its member may do other things by now: asks it. */
  async function checkSession(): Promise<void> {
    const isOver = () => me.value === null || leaving
    if (isOver()) return
    const answer = await callApi('session', {})
    if (!answer.ok || isOver()) return
    const now = answer.value.me
    if (now === null) {
      ended.value = true
      leave()
    } else if (now.id !== me.value!.id) {
      other.value = now.name
      connection.stop()
    } else {
      const isBack = other.value !== null
      other.value = null
      hold(answer.value)
      rememberSignedIn(answer.value)
      if (isBack) connection.start(now.id)
    }
  }
  onSignedOut(() => void checkSession())
  onSuspect(() => void checkSession())
  // the server may be another version by now, or know another person by this browser
  onConnected(() => void checkSession())
  tabs.hear(({ left }) => {
    void checkSession().then(() => (left !== null && me.value === null ? clear(left) : undefined))
  })

  return { info, me, other, owner, ended, left, load, signIn, demoSignIn, join, resetPassword, signOut }
})

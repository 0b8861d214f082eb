/** A newer version on the server, and pages whose files have gone with the old one. */
import { useDocumentVisibility, useIntervalFn } from '@vueuse/core'
import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import { connection } from '../sync/live.ts'
import { ownVersion, servedVersion } from '../sync/version.ts'

/** ms between two looks while the connection lives: the files may be replaced under a running server */
const LOOK_MS = 10 * 60_000
/** Which version has been loaded anew without getting another one; of this tab. */
const TRIED = 'version/tried'

/** Why a page did not come: its files are not there, or nobody answers. */
export type Missed = { path: string; why: 'gone' | 'away' }

export const useVersion = defineStore('version', () => {
  const own = ownVersion()
  /** the server hands out another version than this page */
  const newer = ref(false)
  /** the page that was asked for and did not come; null when what is shown is what was asked for */
  const missed = ref<Missed | null>(null)
  let asked = 0

  async function look(): Promise<'same' | 'newer' | 'away'> {
    const served = await servedVersion()
    if (served === null) return 'away'
    newer.value = served !== own
    return newer.value ? 'newer' : 'same'
  }
  connection.socket.on('connect', () => void look())
  useIntervalFn(() => connection.socket.connected && void look(), LOOK_MS)
  const visibility = useDocumentVisibility()
  watch(visibility, (now) => now === 'visible' && connection.socket.connected && void look())

  /**
   * The files of a page did not come. With a newer version on the server it is loaded anew at the address that was wanted:
   * once, since another page may be as far behind. Else what is missing is said, until the page comes.
   */
  async function miss(path: string): Promise<void> {
    const mine = ++asked
    const found = await look()
    // it has come meanwhile
    if (mine !== asked) return
    if (found === 'newer' && tried() !== own) {
      remember(own)
      location.assign(path)
    } else missed.value = { path, why: found === 'away' ? 'away' : 'gone' }
  }
  function arrived(): void {
    asked++
    missed.value = null
  }

  return { newer, missed, miss, arrived }
})

function tried(): string | null {
  try {
    return sessionStorage.getItem(TRIED)
  } catch {
    // without a place to remember it, nothing is loaded anew by itself
    return ownVersion()
  }
}
function remember(version: string): void {
  try {
    sessionStorage.setItem(TRIED, version)
  } catch {
    // as above
  }
}

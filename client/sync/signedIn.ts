/** Who is signed in on this device, so that its page opens without a network. No secret: the session itself is the cookie's. */
import type { SessionInfo } from '../../shared/protocol/api.ts'
import { deviceStorage } from './device.ts'

const KEY = 'signedIn'

/** `until`: ms since epoch at which the session ends however much it is used. */
interface Remembered {
  info: SessionInfo
  until: number
}

export function rememberSignedIn(info: SessionInfo): void {
  if (info.me === null || info.endsIn === null) return forgetSignedIn()
  const remembered: Remembered = { info: { ...info, demo: null }, until: Date.now() + info.endsIn }
  deviceStorage.set(KEY, JSON.stringify(remembered))
}

export function forgetSignedIn(): void {
  deviceStorage.remove(KEY)
}

/** Null when nobody is, or the session has ended by its age. */
export function signedInHere(): SessionInfo | null {
  try {
    const { info, until } = JSON.parse(deviceStorage.get(KEY) ?? '') as Remembered
    return until > Date.now() ? { ...info, endsIn: until - Date.now() } : null
  } catch {
    return null
  }
}

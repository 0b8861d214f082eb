/** Parts of pages that are loaded when they are first shown. */
import { type Component, defineAsyncComponent } from 'vue'
import { useVersion } from '../stores/version.ts'

/** ms after which a part is asked for again */
const AGAIN_MS = 1_000

/** Asked for again until it comes: the server may be restarting, or the network away; a newer version may have replaced it. */
export const late = <T extends Component>(load: () => Promise<{ default: T }>) =>
  defineAsyncComponent<T>({
    async loader() {
      const part = await load()
      useVersion().arrived()
      return part
    },
    onError(_error, retry) {
      void useVersion().miss(location.pathname + location.search + location.hash)
      setTimeout(retry, AGAIN_MS)
    },
  })

/** Parts of pages that are loaded when they are first shown. */
import { type Component, defineAsyncComponent } from 'vue'

/** ms after which a part is asked for again */
const AGAIN_MS = 1_000

/** Asked for again until it comes: the server may be restarting, or the network away. */
export const late = <T extends Component>(load: () => Promise<{ default: T }>) =>
  defineAsyncComponent<T>({ loader: load, onError: (_error, retry) => void setTimeout(retry, AGAIN_MS) })

/** The one-time link by which a page was opened: its token stands behind the `#`, which no server sees (N12). */
import { computed, ref, shallowRef, watch } from 'vue'
import { useRoute } from 'vue-router'
import type { Refusal, Result } from '../../../shared/errors.ts'

/**
 * What the link is for, by `ask`; asked anew when another is opened in its place, since a browser loads no page for what
 * differs behind the `#` alone. `found` is null until it is known; `refusals` say why there is nothing.
 */
export function useLink<T>(ask: (token: string) => Promise<Result<T>>) {
  const route = useRoute()
  const token = computed(() => route.hash.slice(1))
  const found = shallowRef<T | null>(null)
  const refusals = ref<readonly Refusal[]>([])
  const busy = ref(true)

  watch(
    token,
    async (asked) => {
      busy.value = true
      found.value = null
      refusals.value = []
      const answer = await ask(asked)
      if (asked !== token.value) return
      busy.value = false
      if (answer.ok) found.value = answer.value
      // an address without a token is a link that is not whole
      else refusals.value = asked === '' ? [{ code: 'auth.linkUsed' }] : answer.refusals
    },
    { immediate: true },
  )
  return { token, found, refusals, busy }
}

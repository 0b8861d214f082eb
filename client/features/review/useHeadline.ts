/** What the reviewers' page says first: how many wait, how many of them are to be looked at first, and what approving the rest does. */
import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Approving } from '../../../shared/progress/approving.ts'
import { useFormat } from '../../ui/format.ts'
import { usePoints } from '../../ui/points.ts'
import type { Task } from './queue.ts'

type Tasks = ComputedRef<readonly Task[]>

/** `effect`: of approving the rest, on the reviewer's own unit; null where nothing of it counts yet. It is one sentence with what is before and after it. */
export function useHeadline(of: { tasks: Tasks; first: Tasks; rest: Tasks }, effect: ComputedRef<Approving | null>) {
  const { t } = useI18n()
  const format = useFormat()
  const points = usePoints()
  const counted = (word: string, { length: n }: readonly Task[]) =>
    n === 0 ? '' : t(`review.headline.${word}`, { n: format.int(n) }, n)
  function does({ before, after }: Approving): string {
    const [from, to] = [points.text(before.points), points.text(after.points)]
    const narrows = before.points < 0 && after.points > before.points && after.points <= 0
    return t(`review.${from === to ? 'stays' : narrows ? 'narrows' : 'moves'}`, { from, to })
  }
  return computed(() => {
    const [tasks, first, rest] = [of.tasks.value, of.first.value, of.rest.value]
    if (tasks.length === 0) return { what: t('review.none'), effect: '', end: '' }
    const others = tasks.length - first.length
    const word = rest.length === tasks.length ? 'all' : rest.length === others ? 'rest' : 'some'
    const after = counted(effect.value === null ? word : `${word}Then`, rest)
    return {
      what: counted('waiting', tasks) + counted('first', first) + after,
      effect: effect.value === null ? '' : does(effect.value),
      end: t('review.headline.end'),
    }
  })
}

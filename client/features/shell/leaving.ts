/** Whether signing out would lose something. */
import { useSession } from '../../stores/session.ts'
import { isNothing, leftBy } from '../../sync/leaving.ts'

export function hasLeft(): boolean {
  const { owner } = useSession()
  return owner !== null && !isNothing(leftBy(owner))
}

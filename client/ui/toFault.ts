import { nextTick } from 'vue'

/** A form that was sent with a fault is at the first of its faults: what is typed next goes there. */
export async function toFault({ target }: Event): Promise<void> {
  await nextTick()
  if (target instanceof Element) target.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
}

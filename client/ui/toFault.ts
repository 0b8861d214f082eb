import { nextTick } from 'vue'

/** A form that was sent with a fault is at the first of its faults: what is typed next goes there. */
export function toFault({ target }: Event): void {
  if (!(target instanceof Element)) return
  void nextTick(() => target.querySelector<HTMLElement>('[aria-invalid=true]')?.focus())
}

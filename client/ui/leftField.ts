/** The selection of a field that the focus has left for something that is no field. */

/**
 * A browser keeps the selection of a field when the focus goes on to a button, and a text that does not come from the
 * keyboard (an input method, dictation) is put into it still. Nothing is put where the focus is not.
 */
export function leaveField({ target, relatedTarget }: FocusEvent): void {
  const isLeft = target instanceof HTMLElement && target.matches(FIELD)
  if (isLeft && relatedTarget instanceof HTMLElement && !relatedTarget.matches(FIELD))
    window.getSelection()?.removeAllRanges()
}

const FIELD = 'input, textarea'

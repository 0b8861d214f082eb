/** Text kept on this device until it is recorded, so that nothing typed is lost. */

export interface Kept {
  read(): string | null
  /** null takes it away */
  write(text: string | null): void
}

/** A place of the device's own storage; where that is forbidden, nothing is kept and nothing fails. */
export function kept(name: string): Kept {
  return {
    read() {
      try {
        return localStorage.getItem(name)
      } catch {
        return null
      }
    },
    write(text) {
      try {
        if (text === null) localStorage.removeItem(name)
        else localStorage.setItem(name, text)
      } catch {
        // full or forbidden: the text stays on the page
      }
    },
  }
}

/** Round figures. */

/** Decimals that say nothing: 500.00 万 → 500 万; 0.50 → 0.5. */
export function trimmed(text: string): string {
  return text.replace(/(\.\d*?)0+(?=\D|$)/, '$1').replace(/\.(?=\D|$)/, '')
}

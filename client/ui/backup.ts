/** What is on this device alone, taken along as a file. */
export function saveBackup(text: string | null): void {
  if (text === null) return
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = address
  link.download = `outbox-${new Date().toISOString().slice(0, 16).replace(/[-:]/g, '')}.json`
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

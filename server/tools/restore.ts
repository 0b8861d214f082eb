/** Puts a backup in place of the log, whose server has to be stopped: `npm run restore -- FILE [--data FILE]`. */
import { BackupFault, restoreBackup } from '../archive/backup.ts'
import { forgetSessions } from '../auth/db.ts'
import { giveUp, readArguments, usualStore } from './arguments.ts'

const usual = usualStore()
const { values, positionals } = readArguments({
  allowPositionals: true,
  options: { data: { type: 'string', default: usual.data } },
})
const file = positionals[0] ?? giveUp('npm run restore -- FILE [--data FILE]')

try {
  const options = { ...usual, ...values, file, now: () => new Date(), forget: forgetSessions }
  const { manifest, before } = await restoreBackup(options)
  console.log(`${values.data}: ${manifest.seq} events, as of ${manifest.made}. Everybody signs in anew.`)
  if (before !== null) console.log(`What was there before is in ${before}.`)
} catch (error) {
  if (error instanceof BackupFault) giveUp(error.message)
  // of the system: a disk, a folder, a right
  if (error instanceof Error && 'code' in error) giveUp(`Nothing was put back: ${error.message}`)
  throw error
}

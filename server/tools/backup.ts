/** Copies the log into a file, while its server runs or not: `npm run backup -- FILE [--data FILE]`. */
import { BackupFault, makeBackup } from '../archive/backup.ts'
import { manifestOf } from '../archive/manifest.ts'
import { giveUp, readArguments, usualStore } from './arguments.ts'
import { faultIn } from '../archive/finding.ts'

const usual = usualStore()
const { values, positionals } = readArguments({
  allowPositionals: true,
  options: { data: { type: 'string', default: usual.data } },
})
const file = positionals[0] ?? giveUp('npm run backup -- FILE [--data FILE]')

try {
  const { manifest, byServer } = await makeBackup({ ...usual, ...values, file, now: () => new Date() }, faultIn)
  const how = byServer ? 'the running server holds' : 'there is in the file'
  console.log(
    `${file}: ${manifest.seq} events, ${manifest.bytes} bytes, all that ${how}; ${manifestOf(file)} says what it is`,
  )
  if (manifest.fault !== null) giveUp(`The log is not whole. ${manifest.fault}`)
} catch (error) {
  if (error instanceof BackupFault) giveUp(error.message)
  // of the system: a disk, a folder, a right
  if (error instanceof Error && 'code' in error) giveUp(`No backup was made: ${error.message}`)
  throw error
}

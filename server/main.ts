/** The server for real use: reads the settings, builds, listens, and stops on SIGTERM or SIGINT, at the second one at once. */
import { buildServer, type RunningServer, StartFault } from './build.ts'
import { type Fault, readConfig } from './config.ts'
import { doubtLines } from './programs/doubts.ts'
import { DEFAULT_PROGRAMME, programmeFolder } from './programs/find.ts'
import { loadProgramme } from './programs/load.ts'
import { startLines } from './programs/start.ts'
import { faultLine } from './programs/words.ts'
import { localTime } from './localTime.ts'
import { onStopSignal } from './signals.ts'

/** Faults that are listed at a start. */
const SHOWN = 100

function giveUp(faults: readonly Fault[]): never {
  console.error('The server cannot start:')
  for (const { name, fault } of faults) console.error(`  ${name}: ${fault}`)
  process.exit(1)
}

const settings = readConfig()
if (!settings.ok) giveUp(settings.faults)
const { config } = settings
const folder = programmeFolder(config.program ?? DEFAULT_PROGRAMME)
const loaded = loadProgramme(folder)
if (!loaded.ok) {
  const faults = loaded.faults.slice(0, SHOWN).map((f) => ({ name: 'PROGRAM', fault: `${folder}: ${faultLine(f)}` }))
  const more = loaded.faults.length - faults.length
  if (more > 0)
    faults.push({ name: 'PROGRAM', fault: `${more} more; npm run programme -- check ${folder} lists them all` })
  giveUp(faults)
}
const doubts = config.program === null ? [] : doubtLines(loaded.programme, loaded.place)

try {
  const server = await buildServer({ config, programme: loaded.programme })
  const first =
    server.firstLink === null
      ? ''
      : `\n\n  Nobody has an account yet. This link makes the first one, once:\n\n  ${server.firstLink}\n`
  // in one piece: whoever waits for the address has the link as well
  console.log(`\n${notes(server)}  ${server.core.setting()?.programme.name.en} — ${server.url}${first}`)
  onStopSignal(
    () => void server.close().then(() => process.exit(0)),
    () => server.hurry(),
  )
} catch (error) {
  if (error instanceof StartFault) giveUp(error.faults)
  throw error
}

/** What whoever started it should know before the address is of use. */
function notes({ core, differs }: RunningServer): string {
  const { programme, origin } = core.setting()!
  const lines = startLines({
    programme,
    program: config.program ?? (programme.key === DEFAULT_PROGRAMME ? null : 'PATH'),
    isReplay: origin === 'replayed',
    today: localTime(new Date(), programme.timeZone).day,
    tried: origin === 'simulated' ? core.now().today : null,
    differs,
    doubts,
  })
  return lines.map((line) => (line === '' ? '\n' : `  ${line}\n`)).join('')
}

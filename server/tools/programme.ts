/** `npm run programme -- check PATH` looks through a programme's folder; `new` asks for one and writes it. */
import { programmeFolder } from '../programs/find.ts'
import { giveUp } from './arguments.ts'
import { checkProgramme, reportOf } from './programme/check.ts'

const USE = ['npm run programme -- check PATH', 'npm run programme -- new PATH [--answers FILE]']

const [what, ...rest] = process.argv.slice(2)
if (what === 'check' && rest.length === 1) {
  const folder = programmeFolder(rest[0]!)
  const today = Temporal.Now.plainDateISO().toString()
  const { lines, code } = reportOf(folder, checkProgramme(folder), today)
  for (const line of lines) (code === 1 ? console.error : console.log)(line)
  process.exit(code)
} else giveUp(...USE)

/** `npm run programme -- check PATH` looks through a programme's folder; `new PATH` asks for one and writes it. */
import { basename, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { programmeFolder } from '../programs/find.ts'
import { giveUp } from './arguments.ts'
import { AnswerFault, answersIn, asking } from './programme/answers.ts'
import { type Answered, askProgramme } from './programme/ask.ts'
import { checkProgramme, reportOf } from './programme/check.ts'
import { claimFolder, writeProgramme } from './programme/write.ts'

const USE = ['npm run programme -- check PATH', 'npm run programme -- new PATH [--answers FILE]']

const { positionals, values } = read()
const [what, path, ...more] = positionals
const today = Temporal.Now.plainDateISO().toString()
if (path === undefined || more.length > 0) giveUp(...USE)
if (what === 'check' && values.answers === undefined) check(programmeFolder(path))
else if (what === 'new') await make(resolve(path), values.answers).catch(end)
else giveUp(...USE)

function read() {
  try {
    return parseArgs({ allowPositionals: true, options: { answers: { type: 'string' } } })
  } catch (error) {
    return giveUp((error as Error).message, ...USE)
  }
}

function check(folder: string): never {
  const { lines, code } = reportOf(folder, checkProgramme(folder), today)
  for (const line of lines) (code === 1 ? console.error : console.log)(line)
  process.exit(code)
}

async function make(folder: string, file: string | undefined): Promise<void> {
  const release = claimFolder(folder)
  const answered = await answersFor(folder, file).catch((error: unknown) => {
    release()
    throw error
  })
  writeProgramme(folder, answered, today)
  console.log(`\n${folder} has a programme now. docs/programme.md says what else its files may hold.`)
  check(folder)
}

async function answersFor(folder: string, file: string | undefined): Promise<Answered> {
  const answers = file === undefined ? asking(process.stdin, process.stdout) : answersIn(file)
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const answered = await askProgramme(answers, basename(folder), today, zone)
  answers.close()
  return answered
}

function end(error: unknown): never {
  if (error instanceof AnswerFault) giveUp(`${error.message}.`)
  throw error
}

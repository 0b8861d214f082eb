/** Copies of a log that is in use, and putting one back. */
import { chmodSync, closeSync, copyFileSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Verdict } from '../../shared/protocol/operation.ts'
import { openAudit } from '../store/audit.ts'
import { closeCopy, copyLog } from '../store/copies.ts'
import { askForCopy, doorOf } from '../store/door.ts'
import { headFileOf, writeHead } from '../store/head.ts'
import { takeLock } from '../store/lock.ts'
import { makePrivate, PRIVATE, SIDE_FILES } from '../store/private.ts'
import { recordBackup } from './lastBackup.ts'
import { describe, type Manifest, manifestOf, readManifest, writeManifest } from './manifest.ts'
import { verifyLog } from './verify.ts'

/** Why there is no backup, or nothing was put back, in the operator's words. */
export class BackupFault extends Error {}

export interface BackupOptions {
  /** of the log */
  data: string
  /** folder of the server's state; null = none */
  state: string | null
  /** the backup's file */
  file: string
  now(): Date
}

export interface Made {
  manifest: Manifest
  verdict: Verdict
  /** the running server made the copy: of what it holds, whatever has become of its file */
  byServer: boolean
}

/**
 * Copies the log as it is at one moment, while its server goes on, and looks through the copy. Rejects with a BackupFault,
 * and then leaves nothing. `inWords`: of a verdict; null where nothing was found.
 */
export async function makeBackup(
  { data, state, file, now }: BackupOptions,
  inWords: (verdict: Verdict) => string | null,
): Promise<Made> {
  for (const there of [file, manifestOf(file)])
    if (existsSync(there)) throw new BackupFault(`${there} is there already; a backup never replaces one`)
  const draft = `${resolve(file)}.draft`
  removeCopy(draft)
  makePrivate(draft)
  try {
    const byServer = await askForCopy(doorOf(state, data), draft).catch((error: unknown) => {
      throw new BackupFault(
        `the running server could not make the copy: ${error instanceof Error ? error.message : String(error)}`,
      )
    })
    if (!byServer) await copyFile(data, draft)
    const made = now().toISOString()
    closeCopy(draft)
    const { verdict, head } = await lookThrough(draft)
    const manifest = await describe(draft, { made, ...head, fault: inWords(verdict) })
    writeManifest(file, manifest)
    renameSync(draft, file)
    if (state !== null) recordBackup(state, data, { seq: head.seq, at: made })
    return { manifest, verdict, byServer }
  } catch (error) {
    removeCopy(draft)
    throw error
  }
}

async function copyFile(data: string, draft: string): Promise<void> {
  if (!existsSync(data)) throw new BackupFault(`there is no log at ${data}, and no server that holds one`)
  await copyLog(data, draft)
}

async function lookThrough(file: string) {
  const audit = openAudit(file)
  try {
    const verdict = await verifyLog(audit)
    return { verdict, head: audit.fault === null ? audit.head() : { seq: 0, hash: '' } }
  } finally {
    audit.close()
  }
}

export interface RestoreOptions extends BackupOptions {
  /** takes out of the copy what must not come alive again: sessions that have ended since */
  forget(copy: string): void
}

export interface Restored {
  manifest: Manifest
  /** where what was there before has been put; null where nothing was */
  before: string | null
}

/** Puts a backup in place of the log, and what was there aside. Rejects with a BackupFault before anything is changed. */
export async function restoreBackup({ data, state, file, now, forget }: RestoreOptions): Promise<Restored> {
  if (!existsSync(file)) throw new BackupFault(`${file} is not there`)
  const manifest = await readManifest(file)
  if (typeof manifest === 'string') throw new BackupFault(`${file}: ${manifest}`)
  if (manifest.fault !== null) throw new BackupFault(`${file} was made of a log that was not whole: ${manifest.fault}`)
  const lock = takeLock(data)
  if (lock === null) throw new BackupFault(`a server is using ${data}: stop it first`)
  const draft = `${data}.draft`
  try {
    removeCopy(draft)
    copyFileSync(file, draft)
    chmodSync(draft, PRIVATE)
    forget(draft)
    closeCopy(draft)
    toDisk(draft)
    const before = putAside(data, now())
    renameSync(draft, data)
    if (state !== null) {
      const { seq, hash } = manifest
      await writeHead(headFileOf(state, data), data, { seq, hash, at: now().toISOString() })
    }
    return { manifest, before }
  } finally {
    removeCopy(draft)
    lock.release()
  }
}

/** The file itself first: without it there is no start on what is left. */
function putAside(data: string, at: Date): string | null {
  const aside = `${data}.before-${at.toISOString().replaceAll(/[:.]/g, '-')}`
  const ends = ['', ...SIDE_FILES].filter((end) => existsSync(data + end))
  for (const end of ends) renameSync(data + end, aside + end)
  return ends.length === 0 ? null : aside
}

function removeCopy(copy: string): void {
  for (const end of ['', '-journal', ...SIDE_FILES]) rmSync(copy + end, { force: true })
}

function toDisk(file: string): void {
  const handle = openSync(file, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

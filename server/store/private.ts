/** The log's files hold hashes of passwords: they belong to the account that the server runs under, and to nobody else. */
import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'

/** Mode of files, and of folders that are made for them. */
export const PRIVATE = 0o600
export const PRIVATE_FOLDER = 0o700

/** What SQLite keeps beside a file. It gives them the mode of the file. */
export const SIDE_FILES = ['-wal', '-shm'] as const

/**
 * Makes the file, empty, where there is none, and takes from others the right to read it and its side files. A file that is
 * there is not opened: closing it would end the locks that this process has on it.
 */
export function makePrivate(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: PRIVATE_FOLDER })
  unless('EEXIST', () => closeSync(openSync(path, 'wx', PRIVATE)))
  for (const end of ['', ...SIDE_FILES]) unless('ENOENT', () => chmodSync(path + end, PRIVATE))
}

/** Runs the work; an error of that code is none. */
export function unless(code: string, work: () => void): void {
  try {
    work()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== code) throw error
  }
}

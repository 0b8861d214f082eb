/** Versions of the commands' shapes. A page that is older than the server sends what the server still takes. */

/** Those that are taken, the newest last; a command without a row has had one shape only. */
const VERSIONS: Readonly<Record<string, readonly [number, ...number[]]>> = {}

const FIRST = [1] as const

export const versionsOf = (kind: string): readonly number[] => VERSIONS[kind] ?? FIRST

/** The one that this code makes. */
export const newestVersion = (kind: string): number => versionsOf(kind).at(-1)!

/** Versions by command, as the server names them to its pages. */
export type CommandVersions = Readonly<Record<string, readonly number[]>>

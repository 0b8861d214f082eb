/** Saved states for whoever compares them with a fresh fold: none is discarded, and one that would not be used is passed over. */
import type { State } from '../live/state.ts'
import type { Audit } from '../store/audit.ts'
import { checkpointFile, readSaved, seqsIn } from './checkpoints.ts'
import { foldCode } from './code.ts'

/** `folder`: of the checkpoints of the log that is looked through. */
export function savedStates(folder: string, audit: Audit) {
  const code = foldCode()
  return {
    seqs: seqsIn(folder),
    read(seq: number): State | undefined {
      try {
        return readSaved(checkpointFile(folder, seq), seq, code, audit.hashAt(seq)).state
      } catch {
        return undefined
      }
    },
  }
}

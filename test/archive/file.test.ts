import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CheckpointFault, decodeFile, encodeFile, type Header } from '../../server/archive/file.ts'

const header: Header = { code: 'c'.repeat(64), seq: 12_345, hash: 'a'.repeat(64), moment: 1_199_264_400_000 }
const body = Buffer.from(Array.from({ length: 500 }, (_, i) => i % 251))
const file = Buffer.concat(encodeFile(header, body))

test('a file gives back what was put into it', () => {
  expect(decodeFile(file)).toEqual({ header, body })
})

test('any change of any byte shows, and so does a missing or an added end', () => {
  fc.assert(
    fc.property(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
      const damaged = Buffer.from(file)
      damaged[at]! ^= by
      expect(() => decodeFile(damaged)).toThrow(CheckpointFault)
    }),
    { numRuns: 500 },
  )
  for (let length = 0; length < file.length; length++)
    expect(() => decodeFile(file.subarray(0, length))).toThrow(CheckpointFault)
  expect(() => decodeFile(Buffer.concat([file, Buffer.alloc(1)]))).toThrow(CheckpointFault)
})

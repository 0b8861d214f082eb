import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Patch, Proof } from '../../shared/view/patch.ts'
import { look, settle, world } from './world.ts'

type Server = ReturnType<typeof world>['server']

/** What may happen between a server and a page, in any order and number. */
const step = fc.oneof(
  fc.record({ do: fc.constant('write' as const), key: fc.constantFrom('a', 'b', 'c', 'd'), word: fc.nat(9) }),
  fc.record({ do: fc.constant('remove' as const), key: fc.constantFrom('a', 'b', 'c', 'd') }),
  // a patch or a proof is made, and comes when `arrive` says so, or never, or twice
  fc.record({ do: fc.constant('patch' as const), since: fc.nat(100) }),
  fc.record({ do: fc.constant('proof' as const) }),
  // the ordinary course: what was changed last, and a proof, at once
  fc.record({ do: fc.constant('tell' as const), last: fc.nat(6) }),
  fc.record({ do: fc.constant('arrive' as const), which: fc.nat(100), keep: fc.boolean() }),
  fc.record({ do: fc.constant('damage' as const), key: fc.constantFrom('a', 'x') }),
  fc.record({
    do: fc.constantFrom(
      'cut' as const,
      'join' as const,
      'forgetRemovals' as const,
      'settle' as const,
      'other' as const,
    ),
  }),
  fc.record({ do: fc.constant('pass' as const), ms: fc.nat(4_000) }),
)

describe('any disorder', () => {
  it('ends with what a fresh page has, proven', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), fc.boolean(), async (steps, isBusy) => {
        const { server, feed } = world()
        server.write('a', '0')
        const seen = look(feed, 's')
        const onTheWay: (Patch | Proof)[] = []
        for (const s of steps) await take(s, server, onTheWay)
        server.join()
        for (let i = 0; i < 6; i++) {
          await server.pass(20_000)
          // in a busy log every proof is ahead of what is held
          if (isBusy) server.log.pass()
          server.proof('s')
          await settle()
        }
        const fresh = world()
        for (const [key, row] of server.rows()) fresh.server.write(key, String(row[1]))
        const other = look(fresh.feed, 's')
        await settle()
        expect(sorted(seen.state!.rows)).toEqual(sorted(other.state!.rows))
        expect(seen.state!.rows).toEqual(server.rows())
        expect(feed.proven()).toMatchObject({ seq: server.log.seq(), suspect: false })
      }),
      { numRuns: 300 },
    )
  })

  it('never calls proven what differs from the rows at the seq that it names', async () => {
    let proven = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const { server, feed } = world()
        server.write('a', '0')
        const seen = look(feed, 's')
        await settle()
        const onTheWay: (Patch | Proof)[] = []
        let before = feed.proven().at
        for (const s of steps) {
          await take(s, server, onTheWay)
          const { at, seq } = feed.proven()
          // a later moment was proven: by rows that the server held at that seq
          if (at !== before && seq === server.log.seq()) {
            proven++
            expect(sorted(seen.state!.rows)).toEqual(sorted(server.rows()))
          }
          before = at
        }
      }),
      { numRuns: 300 },
    )
    // else nothing was compared
    expect(proven).toBeGreaterThan(100)
  })
})

async function take(
  s: typeof step extends fc.Arbitrary<infer T> ? T : never,
  server: Server,
  onTheWay: (Patch | Proof)[],
) {
  switch (s.do) {
    case 'write':
      return server.write(s.key, String(s.word))
    case 'remove':
      return server.remove(s.key)
    case 'other':
      return server.log.pass()
    case 'forgetRemovals':
      return server.log.forgetRemovals()
    case 'patch':
      return void onTheWay.push(server.log.changes('s', s.since % (server.log.seq() + 1)))
    case 'proof':
      return void onTheWay.push(server.makeProof('s'))
    case 'tell':
      await server.pass(1)
      server.patch('s', Math.max(0, server.log.seq() - s.last))
      return server.proof('s')
    case 'arrive': {
      const at = s.which % Math.max(1, onTheWay.length)
      const what = onTheWay[at]
      if (what === undefined) return
      if (!s.keep) onTheWay.splice(at, 1)
      return 'heads' in what ? server.hearProof(what) : server.hear(structuredClone(what))
    }
    case 'damage':
      // a row that the server never had: only a digest can tell
      return server.hear({ scope: 's', from: 0, to: server.log.seq(), rows: [[s.key, 'wrong']] })
    case 'cut':
      return server.cut()
    case 'join':
      return server.join()
    case 'settle':
      return settle()
    case 'pass':
      return server.pass(s.ms)
  }
}

const sorted = (rows: ReadonlyMap<string, unknown>) => [...rows].sort(([a], [b]) => a.localeCompare(b))

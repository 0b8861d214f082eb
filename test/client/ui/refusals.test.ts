// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { type Refusals, useRefusals } from '../../../client/ui/refusals.ts'
import type { Refusal } from '../../../shared/errors.ts'
import { tinyProgramme } from '../../support/programme.ts'
import { fakeProgramme, openPage } from '../page.ts'

const programme = fakeProgramme(tinyProgramme())
vi.mock('../../../client/stores/programme.ts', () => ({ useProgramme: () => programme }))
vi.mock('../../../client/stores/present.ts', () => ({ usePresent: () => ({ today: null }) }))

async function said(...list: Refusal[]): Promise<string[]> {
  let words: Refusals | undefined
  const Speaker = defineComponent(() => {
    words = useRefusals()
    return () => h('p')
  })
  await openPage(Speaker, '/')
  return list.map((refusal) => words!.say(refusal))
}

test('R40 the end of a unit names who carries on, or says that nobody does', async () => {
  const params = { unit: 'A3', ends: '2008-01-04' }
  const [into, nobody, plain] = await said(
    { code: 'unit.ended', params: { ...params, into: 'A2' } },
    { code: 'unit.ended', params },
    { code: 'unit.ended' },
  )
  expect(into).toMatch(/Unit A3 reported until 4 Jan.*belong to Unit A2/)
  expect(nobody).toMatch(/Unit A3 reported until 4 Jan.*nothing is reported/)
  expect(plain).toBe('That unit no longer reported on this day')
})

test('H19 who is to wait is told for how long', async () => {
  expect(await said({ code: 'command.busy', params: { ms: 12_400 } }, { code: 'command.busy' })).toEqual([
    'The server is busy and has not taken this; try again in 13 s',
    'The server is busy and has not taken this; try again in a moment',
  ])
})

test('K5 X5 half a move, and an offer that is no more as it was, name the unit', async () => {
  const [move, changed] = await said(
    { code: 'review.move', params: { counter: 'accepted', unit: 'B1', day: '2008-01-09' } },
    { code: 'offer.changed', params: { unit: 'B1', counter: 'accepted', offered: 'blank', standing: 500 } },
  )
  expect(move).toMatch(/re-attribution with Unit B1 of 9 Jan/)
  expect(changed).toMatch(/^Unit B1: accepted was blank when this was requested and is now 500/)
})

test('F6 headings that are missing are named as the reader calls them', async () => {
  const name = vi.spyOn(programme, 'name').mockReturnValue('Accepted forms')
  const [words] = await said({ code: 'table.noHeadings', params: { text: 'A', names: 'unit, accepted' } })
  name.mockRestore()
  expect(words).toMatch(/: unit, Accepted forms$/)
})

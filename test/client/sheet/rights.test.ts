// @vitest-environment happy-dom
/** A sheet whose person may do other things by now than when it was opened (G19). */
import { flushPromises } from '@vue/test-utils'
import { beforeEach, expect, test } from 'vitest'
import { deviceStorage } from '../../../client/sync/device.ts'
import type { Task } from '../../../shared/domain/roles.ts'
import { tinyProgramme } from '../../support/programme.ts'
import { openPage, surround } from '../page.ts'
import { here } from '../surroundings.ts'
import { button, giveSheet, input, me } from './onPage.ts'

const { default: SheetPage } = await import('../../../client/features/sheet/SheetPage.vue')

beforeEach(() => {
  surround(here, me, tinyProgramme(), deviceStorage)
})

/** as a session that was asked for anew: an object of its own */
async function nowWith(tasks: readonly Task[]): Promise<void> {
  here.session.me = { ...here.session.me, tasks }
  await flushPromises()
}

test('G19 a task that was taken makes the sheet read-only under the hands, with what was typed and the true reason; given back it goes on', async () => {
  giveSheet([])
  const { wrapper: page } = await openPage(SheetPage, '/sheet', { unit: 'A' })
  await input(page, 'A1/accepted').trigger('focusin')
  await input(page, 'A1/accepted').setValue('101')
  await input(page, 'A1/accepted').trigger('focusout')
  expect(input(page, 'A2/accepted').element.readOnly).toBe(false)
  expect(button(page, /^Paste/)).toBeDefined()

  await nowWith(['review'])
  expect(page.text()).toContain('Read only: you do not have the task to report')
  expect(input(page, 'A2/accepted').element.readOnly).toBe(true)
  expect([button(page, /^Paste/), button(page, /^Import/), button(page, /^Send/)]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
  expect(input(page, 'A1/accepted').element.value).toBe('101')
  expect(page.text()).toContain('Read only now; what you typed stays on this device')
  expect(page.text()).toContain('Your role, tasks and unit do not include this')
  expect(page.text()).not.toContain('outside your area')

  await nowWith(['report'])
  expect(page.text()).not.toContain('Read only')
  expect(input(page, 'A1/accepted').element.value).toBe('101')
  expect(button(page, /^Send 1 row/)).toBeDefined()
})

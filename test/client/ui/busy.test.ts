/** A button that is busy: it does nothing, and the focus stays with it. */
// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { defineComponent } from 'vue'
import { vBusy } from '../../../client/ui/busy.ts'

const done = vi.fn()
const Form = defineComponent({
  directives: { busy: vBusy },
  props: { busy: { type: Boolean, required: true } },
  setup: () => ({ done }),
  template: '<form @submit.prevent="done"><button v-busy="busy" type="submit" @click="done">Go</button></form>',
})

test('Q3 a busy button keeps the focus, says that it is shut, and neither acts nor sends its form', async () => {
  const page = mount(Form, { props: { busy: false }, attachTo: document.body })
  const button = page.find('button')
  button.element.focus()
  await page.setProps({ busy: true })
  expect(button.attributes()).toMatchObject({ 'aria-disabled': 'true' })
  expect(button.element.disabled).toBe(false)
  expect(document.activeElement).toBe(button.element)
  button.element.click()
  expect(done).not.toHaveBeenCalled()
  await page.setProps({ busy: false })
  expect(button.attributes('aria-disabled')).toBeUndefined()
  button.element.click()
  expect(done).toHaveBeenCalledTimes(2)
})

test('Q3 no dialog and no form of people, locks, silence and accounts is disabled while it is busy', () => {
  const root = join(import.meta.dirname, '../../../client')
  const rooms = ['ui', 'features/people', 'features/shell', 'features/silence', 'features/operation', 'features/sheet']
  const files = rooms.flatMap((room) => readdirSync(join(root, room)).map((name) => `${room}/${name}`))
  const bare = files.filter(
    (file) => file.endsWith('.vue') && /:disabled="[^"]*(?:busy|waiting)/.test(readFileSync(join(root, file), 'utf8')),
  )
  expect(bare).toEqual([])
})

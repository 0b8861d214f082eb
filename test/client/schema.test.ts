// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import { z } from '../../shared/schema.ts'

it('W5 input that is checked in a page is checked without anything being compiled', () => {
  expect(z.config().jitless).toBe(true)
})

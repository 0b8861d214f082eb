import { expect, it } from 'vitest'
import { shortened } from '../../../client/charts/notes.ts'

it('shortened cuts by the width of ideographs and letters', () => {
  expect(shortened('婚育证明能否后补', 200)).toBe('婚育证明能否后补')
  expect(shortened('婚育证明能否后补', 60)).toBe('婚育证明…')
  expect(shortened('Who signs for collective applications', 100)).toBe('Who signs for c…')
})

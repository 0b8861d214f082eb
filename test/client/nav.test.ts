import { describe, expect, it } from 'vitest'
import { pagesFor } from '../../client/features/shell/pages.ts'
import { afterSignIn } from '../../client/features/signin/after.ts'
import type { Programme, Unit } from '../../shared/domain/programme.ts'
import { indexUnits } from '../../shared/domain/units.ts'
import type { Actor } from '../../shared/policy.ts'

const unit = (code: string, parent: string | null): Unit => {
  const name = { zh: code, en: code }
  return { code, name, short: name, level: 'x', parent, startsOn: null, endsOn: null, into: null, expected: null }
}
const units = indexUnits({ units: [unit('city', null), unit('north', 'city'), unit('n1', 'north')] } as Programme)
const pages = (role: Actor['role'], at: string, hasIssues = true) =>
  pagesFor({ id: 'p', name: 'p', role, unit: at }, units, hasIssues).map((p) => `${p.key} ${p.to}`)

describe('pages offered', () => {
  it('I7 offers nobody the questions where none are kept', () => {
    for (const role of ['office', 'district', 'viewer'] as const)
      expect(pages(role, 'city', false).join()).not.toContain('issues')
  })

  it('offers the office everything', () => {
    expect(pages('office', 'city')).toEqual([
      'overview /u/city',
      'sheet /sheet',
      'review /review',
      'silence /silence',
      'issues /issues',
      'people /people',
      'operation /operation',
    ])
  })

  it('leads a district to its own sheet and not to people', () => {
    expect(pages('district', 'north')).toEqual([
      'overview /u/city',
      'sheet /sheet/north',
      'review /review',
      'silence /silence',
      'issues /issues',
    ])
  })

  it('Y1 offers those who only read the sheets that they may see, under another name', () => {
    expect(pages('legal', 'city')).toEqual(['overview /u/city', 'reading /sheet', 'issues /issues'])
    expect(pages('viewer', 'north')).toEqual(['overview /u/city', 'reading /sheet/north', 'issues /issues'])
  })
})

describe('after signing in', () => {
  it('goes only to a page of this site', () => {
    expect(afterSignIn('/issues?x=1')).toBe('/issues?x=1')
    for (const next of ['//evil.example', '/\\evil.example', 'https://evil.example', 'issues', undefined, ['/a']])
      expect(afterSignIn(next)).toBe('/')
  })
})

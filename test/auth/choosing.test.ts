import { describe, expect, it } from 'vitest'
import { openPasswordRules } from '../../server/auth/common.ts'

const rules = openPasswordRules(() => [
  'rollout',
  '深圳',
  'shenzhen-2008',
  '深圳居住证 2008',
  'Residence permits in Shenzhen',
])
const codesOf = async (password: string) =>
  (await rules.faults(password, { login: 'Wang.Lei', name: '王磊 Wang' }, 'password')).map(({ code }) => code)

describe('N6 a password that somebody chooses', () => {
  it('has at least ten characters', async () => {
    expect(await rules.faults('dragon', { login: 'x', name: 'y' }, 'next')).toEqual([
      { code: 'auth.passwordShort', params: { min: 10 }, at: 'next' },
    ])
    expect(await codesOf('q7#mzt4,a')).toEqual(['auth.passwordShort'])
    expect(await codesOf('q7#mzt4,aé')).toEqual([])
  })

  it.each([
    'qwertyuiop',
    '1234567890',
    'QWERTYuiop',
    'ｐａｓｓｗｏｒｄ１２３',
    'Password2026!',
    'woaini1314',
    '20080131dragon',
    '!!iloveyou!!',
    'aaaaaaaaaaaa',
    '7777777777',
    'abababababab',
    'abcdabcdabcd',
    'shenzhen2008',
    'Shenzhen-2008!',
    '2008RolloutShenzhen',
    'shenzhen residence permits',
    '深圳居住证2008深圳',
    'wanglei-shenzhen',
    'Shenzhen٢٠٠٨',
    'Shénzhén2008',
    'shenzhen!!2008',
  ])('is refused as common: %s', async (password) => {
    expect(await codesOf(password)).toEqual(['auth.passwordCommon'])
  })

  it.each(['wang.lei2008', 'WANG LEI !!!', '12345wanglei', '王磊12345678', '王磊wang2008'])(
    'is refused as name or login: %s',
    async (password) => {
      expect(await codesOf(password)).toContain('auth.passwordOwnName')
    },
  )

  it.each([
    'correct horse battery',
    '盐田港的风很大很大啊',
    'wang lei likes tea',
    'dragon eats 9 moons',
    'shenzhen harbour wind',
    '%7#3&9!2@5^1*',
    '¡§≠±÷×∞≈√∂∑',
    '🐟🐦🐴🐳🐙🐝🐞🦀🦉🦊',
  ])('is taken: %s', async (password) => {
    expect(await codesOf(password)).toEqual([])
  })
})

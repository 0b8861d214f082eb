import { describe, expect, it } from 'vitest'
import { amountText, cut, pointsText, signedText, scaled, wanText, whole } from '../../client/ui/numbers.ts'

describe('numbers', () => {
  it('writes whole numbers with thousands commas', () => {
    expect(whole(2173754)).toBe('2,173,754')
    expect(whole(0)).toBe('0')
    expect(whole(-640)).toBe('−640')
    expect(whole(-0.2)).toBe('0')
  })

  it('cuts a headline, never up across a target', () => {
    expect(wanText(4_999_960, 2, 'zh')).toBe('499.99')
    expect(wanText(5_000_000, 2, 'zh')).toBe('500.00')
    expect(wanText(2_173_754, 2, 'zh')).toBe('217.37')
    expect(wanText(2_173_754, 0, 'zh')).toBe('217')
    expect(wanText(8_700, 2, 'zh')).toBe('0.87')
    expect(wanText(0, 2, 'zh')).toBe('0.00')
    expect(wanText(-212, 2, 'zh')).toBe('−0.02')
    expect(wanText(-12, 2, 'zh')).toBe('0.00')
  })

  it('writes a small amount whole, so that it is never 0.00', () => {
    expect(amountText(30, 'zh')).toBe('30')
    expect(amountText(99_999, 'zh')).toBe('99,999')
    expect(amountText(2_173_754, 'zh')).toBe('217.37\u00a0万')
    expect(amountText(184_288, 'en')).toBe('184,288')
    expect(amountText(2_173_754, 'en')).toBe('2.17\u00a0M')
  })

  it('cuts likewise in English, in millions and thousands', () => {
    expect(wanText(2_173_754, 2, 'en')).toBe('2.17\u00a0M')
    expect(wanText(4_999_999, 2, 'en')).toBe('4.99\u00a0M')
    expect(wanText(184_288, 2, 'en')).toBe('184.28\u00a0k')
    expect(wanText(999_999, 2, 'en')).toBe('999.99\u00a0k')
    expect(wanText(1_000_000, 2, 'en')).toBe('1.00\u00a0M')
    expect(wanText(712, 2, 'en')).toBe('712')
  })

  it('gives figure and unit apart', () => {
    expect(scaled(2_173_754, 2, 'zh')).toEqual({ figure: '217.37', unit: '万' })
    expect(scaled(2_173_754, 2, 'en')).toEqual({ figure: '2.17', unit: 'M' })
    expect(scaled(300, 2, 'en')).toEqual({ figure: '300', unit: '' })
  })

  it('cuts rates, and keeps what is exact', () => {
    expect(cut(99.9999, 2)).toBe('99.99')
    expect(cut((4_999_999 / 5_000_000) * 100, 2)).toBe('99.99')
    for (let n = 0; n <= 10_000; n++) expect(cut(n / 100, 2)).toBe((n / 100).toFixed(2))
  })

  it('signs points and leaves a printed zero unsigned', () => {
    expect(pointsText(3.62)).toBe('+3.6')
    expect(pointsText(-2.58)).toBe('−2.6')
    expect(pointsText(-0.04)).toBe('0.0')
    expect(pointsText(0.04)).toBe('0.0')
  })

  it('signs whole changes', () => {
    expect(signedText(11237)).toBe('+11,237')
    expect(signedText(-212)).toBe('−212')
    expect(signedText(0)).toBe('0')
  })
})

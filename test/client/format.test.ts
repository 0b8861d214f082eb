import { describe, expect, it } from 'vitest'
import {
  amountText,
  cut,
  exactText,
  pointsText,
  setText,
  shareText,
  signedText,
  scaled,
  wanText,
  whole,
} from '../../client/ui/numbers.ts'

describe('numbers', () => {
  it('writes whole numbers with thousands commas', () => {
    expect(whole(2173754)).toBe('2,173,754')
    expect(whole(0)).toBe('0')
    expect(whole(-640)).toBe('−640')
    expect(whole(-0.2)).toBe('0')
  })

  it('U19 rounds to the nearest, but never up to what it is measured against', () => {
    expect(amountText(3_167_034, 'en')).toBe('3.17\u00a0M')
    expect(amountText(3_167_034, 'zh')).toBe('316.70\u00a0万')
    expect(amountText(3_167_034, 'en', 3_170_000)).toBe('3.16\u00a0M')
    expect(amountText(3_169_999, 'zh', 3_170_000)).toBe('316.99\u00a0万')
    expect(amountText(3_167_034, 'en', 3_167_034)).toBe('3.17\u00a0M')
    expect(amountText(4_496_000, 'en', 4_500_000)).toBe('4.49\u00a0M')
    expect(amountText(4_496_000, 'en', 5_000_000)).toBe('4.50\u00a0M')
  })

  it('says nothing rounder than it is where it is not known what it is measured against', () => {
    expect(wanText(4_999_960, 2, 'zh')).toBe('499.99')
    expect(wanText(5_000_000, 2, 'zh')).toBe('500.00')
    expect(wanText(2_173_754, 2, 'zh')).toBe('217.38')
    expect(wanText(2_173_754, 0, 'zh')).toBe('217')
    expect(wanText(8_700, 2, 'zh')).toBe('0.87')
    expect(wanText(0, 2, 'zh')).toBe('0.00')
    expect(wanText(-212, 2, 'zh')).toBe('−0.02')
    expect(wanText(-12, 2, 'zh')).toBe('0.00')
  })

  it('writes a small amount whole, so that it is never 0.00', () => {
    expect(amountText(30, 'zh')).toBe('30')
    expect(amountText(99_999, 'zh')).toBe('99,999')
    expect(amountText(2_173_754, 'zh')).toBe('217.38\u00a0万')
    expect(amountText(184_288, 'en')).toBe('184,288')
    expect(amountText(2_173_754, 'en')).toBe('2.17\u00a0M')
  })

  it('does likewise in English, in millions and thousands', () => {
    expect(wanText(2_173_754, 2, 'en')).toBe('2.17\u00a0M')
    expect(wanText(4_999_999, 2, 'en')).toBe('4.99\u00a0M')
    expect(wanText(184_288, 2, 'en')).toBe('184.29\u00a0k')
    expect(wanText(999_999, 2, 'en')).toBe('999.99\u00a0k')
    expect(wanText(1_000_000, 2, 'en')).toBe('1.00\u00a0M')
    expect(wanText(712, 2, 'en')).toBe('712')
  })

  it('gives figure and unit apart', () => {
    expect(scaled(2_173_754, 2, 'zh')).toEqual({ figure: '217.38', unit: '万' })
    expect(scaled(2_173_754, 2, 'en')).toEqual({ figure: '2.17', unit: 'M' })
    expect(scaled(300, 2, 'en')).toEqual({ figure: '300', unit: '' })
  })

  it('cuts rates, and keeps what is exact', () => {
    expect(cut(99.9999, 2)).toBe('99.99')
    expect(cut((4_999_999 / 5_000_000) * 100, 2)).toBe('99.99')
    for (let n = 0; n <= 10_000; n++) expect(cut(n / 100, 2)).toBe((n / 100).toFixed(2))
  })

  it('cuts what was divided once as the fraction, whatever its last binary digit', () => {
    for (let n = 0; n <= 100; n++) expect(cut((n * 100) / 100, 1)).toBe(n.toFixed(1))
    expect(cut(0.29 * 100, 2)).toBe('29.00')
    expect(cut(100 * (1 - 1e-11), 2)).toBe('99.99')
    expect(cut((100 * 999_999_999_999) / 1e12, 2)).toBe('99.99')
  })

  it('writes what was set with all of its digits', () => {
    expect([0.605, 0.9, 0.29, 0.07, 1.2, 0.60555, 1e-7].map(shareText)).toEqual([
      '60.5',
      '90',
      '29',
      '7',
      '120',
      '60.555',
      '0.00001',
    ])
    expect([5_000_000, 5_123_000, 5_123_456, 84_000, 4.5].map((n) => setText(n, 'en'))).toEqual([
      '5\u00a0M',
      '5.123\u00a0M',
      '5,123,456',
      '84,000',
      '4.5',
    ])
    expect([5_000_000, 5_123_450, 5_123_456, 84_000, 12.25].map((n) => setText(n, 'zh'))).toEqual([
      '500\u00a0万',
      '512.345\u00a0万',
      '5,123,456',
      '84,000',
      '12.25',
    ])
    expect(exactText(-1234.5)).toBe('−1,234.5')
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

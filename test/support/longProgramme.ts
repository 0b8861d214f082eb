/** The programme that is hardest on every page: the longest names of real rollouts, five counters, a billion of the thing counted. */
import type { Base, Programme, Target, Unit } from '../../shared/domain/programme.ts'
import { tinyProgramme } from './programme.ts'

/** Of real units, with the most characters that a register of theirs has. */
const DISTRICTS = [
  ['A', '克孜勒苏柯尔克孜自治州', 'Bournemouth, Christchurch and Poole'],
  ['B', '积石山保安族东乡族撒拉族自治县', 'Mecklenburg-Vorpommern'],
  ['D', '双江拉祜族佤族布朗族傣族自治县', 'Provincia Autonoma di Bolzano'],
  ['E', '黔西南布依族苗族自治州', 'Kingston upon Hull, City of'],
  ['F', '大鹏新区', 'Stuyvesant Town-Turtle Bay'],
  ['G', '孟连傣族拉祜族佤族自治县', 'Friuli-Venezia Giulia'],
  ['H', '巴音郭楞蒙古自治州', 'Bath and North East Somerset'],
] as const
const STREETS = [
  ['葵涌街道办事处', 'Herefordshire, County of'],
  ['南澳街道办事处（含七娘山）', 'Washington Heights (South)'],
  ['公明街道办事处', 'Blackburn with Darwen'],
  ['马峦街道办事处', 'Redcar and Cleveland'],
  ['观澜街道办事处', 'Windsor and Maidenhead'],
  ['西乡街道办事处', 'Telford and Wrekin'],
  ['沙井街道办事处', 'Brighton and Hove'],
  ['龙华街道办事处（油松片区）', 'Cheshire West and Chester'],
] as const

const unit = (code: string, level: string, parent: string | null, zh: string, en: string): Unit => ({
  code,
  name: { zh, en },
  short: { zh, en },
  level,
  parent,
  startsOn: null,
  endsOn: null,
  into: null,
  expected: null,
})
const base = (unitCode: string, value: number): Base => ({
  key: 'people',
  unit: unitCode,
  value,
  asOf: '2007-12-31',
  definition: {
    zh: '十六周岁以上、非本市户籍、居住三十日以上的办证对象',
    en: 'People aged 16 and over who have lived there for thirty days',
  },
  source: { zh: '统计局《2007年国民经济和社会发展统计公报》', en: 'Statistics Office, Bulletin of 2007' },
  version: '2007-12-31, second edition',
  official: false,
})

/** Permits; a billion and more is what nation-wide programmes count. */
const THRESHOLD = 1_888_888_888

const targets: Target[] = [
  {
    key: 'count',
    name: { zh: '全境二〇〇八年第一季度完整接种目标', en: 'Complete vaccination of the country by the first quarter' },
    unit: 'C',
    measure: 'count',
    counter: 'issued',
    threshold: THRESHOLD,
    base: null,
    due: '2008-03-31',
    path: { from: '2008-01-01', start: {}, ramp: { workdays: 0, from: 1 } },
    allocation: {},
    shareBy: 'people',
  },
  {
    key: 'cover',
    name: { zh: '十六周岁以上人口首次登记覆盖率目标', en: 'Coverage of the population aged 16 and over' },
    unit: 'C',
    measure: 'coverage',
    counter: 'accepted',
    threshold: 0.605,
    base: 'people',
    due: '2008-02-29',
    path: { from: '2008-01-01', start: {}, ramp: { workdays: 0, from: 1 } },
    allocation: {},
    shareBy: 'people',
  },
  {
    key: 'rate',
    name: { zh: '每日完成的证件制作数量', en: 'Permits produced and delivered a day' },
    unit: 'C',
    measure: 'rate',
    counter: 'produced',
    threshold: 24_888_888,
    base: null,
    due: '2008-01-31',
    path: { from: '2008-01-01', start: {}, ramp: { workdays: 0, from: 1 } },
    allocation: {},
    shareBy: 'people',
  },
]

/** Units C, A (eight streets) and B to H (three each); the people of the tests' tiny programme are at home in it. */
export function longProgramme(): Programme {
  const tiny = tinyProgramme()
  const districts = DISTRICTS.map(([code, zh, en]) => unit(code, 'district', 'C', zh, en))
  const streets = DISTRICTS.flatMap(([code]) =>
    STREETS.slice(0, code === 'A' ? 8 : 3).map(([zh, en], i) =>
      unit(`${code}${String(i + 1)}`, 'street', code, zh, code === 'A' ? en : `${en} ${code}`),
    ),
  )
  return {
    ...tiny,
    key: 'long',
    name: {
      zh: '全国居住证与完整接种推行情况监测方案',
      en: 'Nation-wide rollout of residence permits and vaccination',
    },
    item: { zh: '人次', en: 'vaccinations' },
    levels: [
      { key: 'city', name: { zh: '全境', en: 'Country' } },
      { key: 'district', name: { zh: '自治州', en: 'Local authority' } },
      { key: 'street', name: { zh: '街道办事处', en: 'Neighbourhood' } },
    ],
    units: [
      unit('C', 'city', null, '全境（含新疆生产建设兵团）', 'England, Wales and Northern Ireland'),
      ...districts,
      ...streets,
    ],
    counters: [
      { key: 'accepted', name: { zh: '受理登记', en: 'Applications received' }, within: null, expected: null },
      { key: 'cleared', name: { zh: '审核通过', en: 'Cleared by review' }, within: 'accepted', expected: null },
      { key: 'produced', name: { zh: '制证', en: 'Cards produced' }, within: 'cleared', expected: null },
      {
        key: 'issued',
        name: { zh: '发证（含补换领）', en: 'Issued, also replacements' },
        within: 'accepted',
        expected: null,
      },
      { key: 'booster', name: { zh: '加强接种', en: 'Booster vaccinations' }, within: null, expected: null },
    ],
    bases: [
      base('C', 2_999_999_990),
      ...districts.map(({ code }) => base(code, code === 'A' ? 800_000_000 : 300_000_000)),
      ...streets.map(({ code }) => base(code, 99_999_999)),
    ],
    baselines: [
      {
        key: 'T1',
        name: { zh: 'T1（2008年1月国务院批复的推行计划）', en: 'T1 (plan approved in January 2008)' },
        inForceFrom: '2008-01-01',
        official: false,
        targets,
      },
    ],
    roles: {
      office: { zh: '推行工作领导小组办公室', en: 'Office of the steering group' },
      district: { zh: '自治州填报人员', en: 'Reporting official' },
      legal: { zh: '法制工作办公室', en: 'Legal affairs office' },
      viewer: { zh: '只读', en: 'Read only' },
    },
    issues: {
      series: '深推居法〔{year}〕{n}号',
      categories: [{ key: 'fee', name: { zh: '收费标准与减免条件', en: 'Fees and who is exempt from them' } }],
    },
    regulation: {
      name: { zh: '居住证暂行办法', en: 'Provisional measures on residence permits' },
      articles: [{ key: 'fees', number: null, subject: { zh: '收费与减免', en: 'Fees and who is exempt from them' } }],
    },
  }
}

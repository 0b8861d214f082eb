/** Words of tables that are known wherever one is read: what columns are called, and what is added to names and headings. */

/** Endings that offices add to a unit's name, the longest first. */
export const SUFFIXES = ['街道办事处', '街道办', '办事处', '街道', '办', 'subdistrict', 'street', 'office'] as const

/** Words in a heading that change nothing about its figures: the piece, the day. */
export const FILLERS = [
  ...['件', '份', '个', '例', '宗', 'pcs', 'pieces'],
  ...['当日', '今日', '本日', '当天', '今天', 'today'],
] as const

/** Those of them that say of a column that it is of the day, where running totals are what is kept. */
export const DAY_WORDS: readonly string[] = ['当日', '今日', '本日', '当天', '今天', 'today']

/** Words that make of a counter its running total, the longest first. */
export const TOTAL_WORDS = ['running total', 'cumulative', '累计数', '累计', 'total', 'Σ', '∑'] as const

/** What columns beside the counters are called. */
export const COLUMNS = {
  code: ['编码', '代码', '单位编码', '单位代码', '行政区划代码', 'code', 'unit code'],
  unit: [
    ...['单位', '名称', '单位名称', '街道', '街道名称', '区域'],
    ...['unit', 'name', 'unit name', 'area', 'street'],
  ],
  day: ['日期', '填报日期', '上报日期', '报表日期', 'date', 'day'],
  version: ['版本', 'version'],
  type: ['类型', '类别', '更正类型', 'type', 'kind'],
  reason: ['原因', '理由', 'reason'],
} as const

/** What the kinds of a change are called in a column of them. */
export const CORRECTION_WORDS = {
  late: ['补报', 'late'],
  corrected: ['更正', 'corrected', 'correction'],
  reduced: ['核减', 'reduced', 'reduction'],
} as const

/** What the columns of a list of people are called. */
export const PEOPLE = {
  name: ['姓名', '人员', '名称', 'name'],
  unit: ['单位', '单位名称', '单位编码', '编码', 'unit', 'code'],
  role: ['角色', 'role'],
  tasks: ['任务', '职责', 'task', 'tasks'],
  phone: ['电话', '电话号码', '手机', '手机号', '联系电话', 'telephone', 'phone', 'mobile'],
} as const

/** What tasks are called in such a list. */
export const TASK_WORDS = { report: ['填报', '上报', 'report'], review: ['审核', 'review'] } as const

import type { Target } from '../../../shared/domain/programme.ts'

export default {
  title: '数据说明',
  notes: '说明',
  counters: '指标',
  within: '累计不应超过{within}',
  inForce: '自{day}起执行',
  official: '官方',
  planning: '规划值，非官方',
  source: '来源：{source}',
  join: '、',
  days: '{from}至{to}',
  column: {
    target: '目标',
    unit: '单位',
    threshold: '目标值',
    due: '期限',
    base: '基数',
    asOf: '截至',
    version: '版本',
    kind: '性质',
  },
  measure: {
    count: '{counter}累计 {n} {item}',
    coverage: '{counter}达到基数的 {n}',
    rate: '{counter}七日均每日 {n} {item}',
  } satisfies Record<Target['measure'], string>,
  calendar: '工作日历',
  weekend: '每周休息：{days}',
  noWeekend: '每日计入，没有休息日',
  makeUp: '{name}（调休上班）',
}

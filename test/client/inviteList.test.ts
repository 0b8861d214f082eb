/** A pasted or uploaded list of people, and the file of their links. */
import { describe, expect, test } from 'vitest'
import { blockOf, readInviteList, roleWords, taskWords } from '../../client/features/people/inviteList.ts'

const both = (zh: string, en: string) => ({ zh, en })
const words = {
  unit: (text: string) => ({ 盐田区: '440308', '440308': '440308' })[text],
  role: roleWords({
    office: both('推居办', 'Permit office'),
    district: both('区级', 'District'),
    legal: null,
    viewer: both('只读', 'Viewer'),
  }),
  task: taskWords(),
}
const read = (text: string) => readInviteList(text, words)

describe('N17 a list of people', () => {
  test('is read with headings in any order, or without, from a sheet or a file', () => {
    const ann = { name: '安', unit: '440308', role: 'district', tasks: ['report', 'review'] }
    expect(read('单位\t姓名\t任务\n盐田区\t安\t填报、审核\n').people).toEqual([{ row: 2, ...ann }])
    expect(read('安,440308,区级,"审核 填报"\n').people).toEqual([{ row: 1, ...ann }])
    expect(read('安\t盐田区').people).toEqual([{ row: 1, name: '安', unit: '440308', role: 'district' }])
    expect(read('Ann;440308;VIEWER').people).toMatchObject([{ role: 'viewer' }])
  })

  test('F31 Chinese commas part a row as well, and what stands above the headings is no person', () => {
    const viewer = { row: 1, name: '李七', unit: '440308', role: 'viewer' }
    expect(read('李七，盐田区，只读\n').people).toEqual([viewer])
    expect(read('李七、盐田区、只读').people).toEqual([viewer])
    expect(read('安，盐田区，区级，填报、审核').people).toMatchObject([{ tasks: ['report', 'review'] }])
    const file = '深圳市居住证\t\n日志第 5 行\t\n名称\t角色\t单位\t经手人\n李七\t只读\t盐田区\t林\n'
    expect(read(file)).toEqual({ people: [{ ...viewer, row: 4 }], faults: [] })
  })

  test('F31 may say a telephone number, which is read as it is kept', () => {
    expect(read('姓名\t单位\t手机\n安\t盐田区\t0755－0000 3061\n').people).toEqual([
      { row: 2, name: '安', unit: '440308', role: 'district', phone: '0755-0000 3061' },
    ])
    const { people, faults } = read('姓名,单位,电话\n安,440308,晚上打\n')
    expect([people, faults.map(({ row, refusal }) => `${row} ${refusal.code}`)]).toEqual([[], ['2 input.phone']])
  })

  test('F31 rows of a file keep their numbers in the field', () => {
    const block = blockOf([
      { row: 2, cells: ['姓名', '单位'] },
      { row: 5, cells: ['安 "小"', '盐田区\n'] },
    ])
    expect(read(block).people).toEqual([{ row: 5, name: '安 "小"', unit: '440308', role: 'district' }])
  })

  test('all that is wrong has its row, and nothing is dropped in silence', () => {
    const { people, faults } = read('姓名,单位,角色,任务\nAnn,440308,,\n,440308,,\nBert,Atlantis,Boss,sleep\n')
    expect(people.map((p) => p.row)).toEqual([2])
    expect(faults.map(({ row, refusal }) => `${row} ${refusal.at} ${refusal.code}`)).toEqual([
      '3 name input.required',
      '4 unit unit.unknown',
      '4 role input.invalid',
      '4 tasks input.invalid',
    ])
  })
})

/** The four roles of people, and their tasks. What each may do stands in `policy.ts`. */

/** office 推居办 · district 区 · legal 法制办 · viewer 只读 */
export const ROLES = ['office', 'district', 'legal', 'viewer'] as const
export type Role = (typeof ROLES)[number]

/** report 上报: to give figures · review 审核: to approve or return those that others gave */
export const TASKS = ['report', 'review'] as const
export type Task = (typeof TASKS)[number]

/** The tasks that a role can have; whoever joins has all of them until told otherwise (M5). */
export const tasksOf = (role: Role): readonly Task[] => (role === 'office' || role === 'district' ? TASKS : [])

/** The four roles of people. What each may do stands in `policy.ts`. */

/** office 推居办 · district 区 · legal 法制办 · viewer 只读 */
export const ROLES = ['office', 'district', 'legal', 'viewer'] as const
export type Role = (typeof ROLES)[number]

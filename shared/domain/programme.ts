/** A programme: what is rolled out, where, by when, and how it is counted. Plain data, one schema for every rollout. */
import { count, day, key, line, named, timeZone, worded, z } from '../schema.ts'
import { RHYTHMS } from './values.ts'

/** What stands in both languages. */
export type Worded = z.infer<typeof named>

const rhythm = z.enum(RHYTHMS)

const unitSchema = z.strictObject({
  code: key,
  name: named,
  /** a short form for tables and tiles, e.g. without 街道 or “Subdistrict” */
  short: named,
  level: key,
  parent: key.nullable(),
  /** first day on which reports are taken; null = the parent's, else the programme's */
  startsOn: day.nullable(),
  /** last day on which reports are taken; null = the parent's, else it does not end */
  endsOn: day.nullable().default(null),
  /** the successor after the end: a reporting unit whose members may correct the days before it; null = the parent's */
  into: key.nullable().default(null),
  /** how often it reports; null = as the parent, else as the programme */
  expected: rhythm.nullable().default(null),
})
export type Unit = z.infer<typeof unitSchema>

export const counterSchema = z.strictObject({
  key,
  name: named,
  /** the counter whose running total this one should not exceed (a warning, never a refusal) */
  within: key.nullable().default(null),
  /** how often it is reported; null = as the programme. Where both unit and counter say, the less frequent holds */
  expected: rhythm.nullable().default(null),
  /** it is reported as its running total (累计) at the end of the day; absent = as the day's figure (F33) */
  cumulative: z.boolean().optional(),
})
export type Counter = z.infer<typeof counterSchema>

/** A population figure for a unit. Pages mark values that are not official as planning values. */
const baseSchema = z.strictObject({
  key,
  unit: key,
  value: z.int().positive(),
  asOf: day,
  definition: named,
  source: named,
  version: line,
  official: z.boolean(),
})
export type Base = z.infer<typeof baseSchema>

export const targetSchema = z.strictObject({
  key,
  name: named,
  unit: key,
  /** `count`: running total; `coverage`: running total ÷ base; `rate`: mean per day over the last seven days */
  measure: z.enum(['count', 'coverage', 'rate']),
  counter: key,
  /** permits (count), permits per day (rate) or a share such as 0.9 (coverage) */
  threshold: z.number().positive(),
  /** key of the bases that a coverage is measured against; null for a count or a rate */
  base: key.nullable().default(null),
  due: day,
  /** the path: its first day, starting values by unit, and a slower start (T10, T11) */
  path: z.strictObject({
    from: day,
    /** the value on the eve of `from`, by unit (permits) */
    start: z.record(key, count).default({}),
    /** the weight of a working day grows linearly from `from` to 1 over this many working days */
    ramp: z
      .strictObject({ workdays: z.int().min(0).max(400), from: z.number().positive().max(1) })
      .default({ workdays: 0, from: 1 }),
  }),
  /** typed parts of the threshold, by unit; what is left is shared out by `shareBy` (B3) */
  allocation: z.record(key, count).default({}),
  /** key of the bases by which a threshold is shared out to units without a typed part */
  shareBy: key.nullable().default(null),
})
export type Target = z.infer<typeof targetSchema>

export const baselineSchema = z.strictObject({
  key,
  name: named,
  /** in force from this day until a later baseline's day */
  inForceFrom: day,
  /** false: planning values; the interface says so */
  official: z.boolean(),
  targets: z.array(targetSchema).min(1).max(50),
  /** key of the target that heads the page of every unit that has a part of it; absent = as their due days come (A18) */
  main: key.optional(),
})
export type Baseline = z.infer<typeof baselineSchema>

export const calendarSchema = z.strictObject({
  source: named,
  /** 0 = Sunday … 6 = Saturday */
  weekend: z.array(z.int().min(0).max(6)).max(7),
  off: z.array(z.strictObject({ day, name: named })).default([]),
  work: z.array(z.strictObject({ day, name: named })).default([]),
})
export type Calendar = z.infer<typeof calendarSchema>

export const programmeSchema = z.strictObject({
  key,
  name: named,
  /** in which pages open for who has not chosen one; absent = Chinese (O7) */
  language: z.enum(['zh', 'en']).optional(),
  /** what is counted, e.g. permits */
  item: named,
  /** of the days and of the deadline, e.g. `Asia/Shanghai` */
  timeZone,
  startsOn: day,
  endsOn: day,
  levels: z
    .array(z.strictObject({ key, name: named }))
    .min(1)
    .max(8),
  units: z.array(unitSchema).min(1).max(100_000),
  counters: z.array(counterSchema).min(1).max(20),
  calendar: calendarSchema,
  bases: z.array(baseSchema),
  /** what was counted before the programme's first day, by reporting unit and counter: in every total, and no day's report (U15) */
  opening: z.record(key, z.record(key, count)).optional(),
  baselines: z.array(baselineSchema).min(1),
  reporting: z.strictObject({
    /** local time of day by which a day's report is due */
    deadline: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
    /** how often units report, where neither unit nor counter says otherwise */
    expected: rhythm,
    /** calendar days between a report's day and the day by whose deadline it is due */
    graceDays: z.int().min(0).max(30).default(0),
    /** levels of review before a value counts as approved; 0 = approved when accepted */
    reviewLevels: z.int().min(0).max(4).default(0),
    /** what follows on silence, each a while after the deadline; absent: nobody is reminded (E4) */
    escalation: z
      .strictObject({
        /** minutes after the deadline at which the district is reminded as well; the officials are at the deadline */
        districtAfter: z.int().min(0).max(1_440),
        /** local time of the next working day at which an item of supervision opens */
        supervisionAt: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
        /** the share of reports that should be in time */
        onTimeGoal: z.number().positive().max(1),
      })
      .optional(),
  }),
  /** what the roles are called in this rollout; there is a legal one where there are legal questions */
  roles: z.strictObject({ office: named, district: named, legal: named.nullable().default(null), viewer: named }),
  pace: z
    .strictObject({
      /** at or below this many percentage points the status is far behind, e.g. -5 */
      severe: z.number().negative(),
    })
    .default({ severe: -5 }),
  /** null: no legal questions are kept (I7) */
  issues: z
    .strictObject({
      /** format of issue numbers; `{year}` and `{n}` are filled in */
      series: line.includes('{n}'),
      categories: z.array(z.strictObject({ key, name: named })).min(1),
    })
    .nullable()
    .default(null),
  /** what the legal questions are about; null: nothing that has articles */
  regulation: z
    .strictObject({
      name: named,
      /** subjects in our own words; never the text of the law */
      articles: z.array(z.strictObject({ key, number: line.nullable().default(null), subject: named })),
    })
    .nullable()
    .default(null),
  /** what readers must know about the figures: sources, planning values, licences */
  notes: z.array(worded).default([]),
})
export type Programme = z.infer<typeof programmeSchema>

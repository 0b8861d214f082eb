/** Moments of publication, as a source writes them. */

/** ms since epoch, or why the text is no moment. */
export type Moment = { ok: true; at: number } | { ok: false; says: string }

const WRITTEN = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?))? ?(Z|[+-]\d{2}(?::?\d{2})?)?$/i

/** Reads `2026-11-02T18:00+08:00` and the like; `zone` is that of moments without one, null = they are refused. */
export function readMoment(text: string, zone: string | null): Moment {
  const [, day, time, offset] = WRITTEN.exec(text) ?? []
  if (day === undefined) return no(`"${text}" is no moment. Write it as 2026-11-02T18:00+08:00.`)
  if (time === undefined) return no(`"${text}" has no time of day. Write it as ${day}T18:00+08:00.`)
  if (offset === undefined && zone === null)
    return no(
      `"${text}" has no time zone. Write it as ${day}T${time}+08:00, or name the zone of all as "timeZone" in replay.json.`,
    )
  try {
    if (offset !== undefined)
      return { ok: true, at: Temporal.Instant.from(`${day}T${time}${offset}`).epochMilliseconds }
  } catch {
    return no(`"${text}" is no moment: there is no such day or time.`)
  }
  return readLocal(`${day}T${time}`, zone!)
}

function readLocal(text: string, zone: string): Moment {
  let local: Temporal.PlainDateTime
  try {
    local = Temporal.PlainDateTime.from(text)
  } catch {
    return no(`"${text}" is no moment: there is no such day or time.`)
  }
  try {
    return { ok: true, at: local.toZonedDateTime(zone, { disambiguation: 'reject' }).epochMilliseconds }
  } catch {
    return no(`"${text}" happens twice or not at all in ${zone}, where clocks change. Write its zone behind it.`)
  }
}

const no = (says: string): Moment => ({ ok: false, says })

/** The place that the reader has looked at last, so that what is begun from there begins with it. */
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { RouteLocationNormalized } from 'vue-router'
import { type Day, isDay } from '../../shared/progress/day.ts'

export interface Place {
  unit: string
  /** where it was one day's sheet */
  day: Day | null
}

export const usePlace = defineStore('place', () => {
  const place = shallowRef<Place | null>(null)
  /** Pages without a unit in their address change nothing. */
  function come({ params, name }: Pick<RouteLocationNormalized, 'params' | 'name'>): void {
    const { unit, day } = params
    if ((name !== 'unit' && name !== 'sheet') || typeof unit !== 'string' || unit === '') return
    place.value = { unit, day: typeof day === 'string' && isDay(day) ? day : null }
  }
  return { place, come }
})

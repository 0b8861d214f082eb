/** Axes that are not drawn: what the charts have in common. */

/** A value axis without a line or words of its own. */
export const hiddenAxis = ([min, max]: readonly [number, number], gridIndex = 0) => ({
  type: 'value',
  gridIndex,
  min,
  max,
  axisLine: { show: false },
  axisTick: { show: false },
  axisLabel: { show: false },
  splitLine: { show: false },
})

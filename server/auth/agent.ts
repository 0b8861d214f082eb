/** A browser in two words, from what it says of itself: enough to know one's own in a list. Anybody can say anything, so nothing is decided by it. */

export interface Agent {
  /** its maker's name for it; null = not known */
  browser: string | null
  /** what it runs on; null = not known */
  system: string | null
}

/** The first that is named wins: most browsers also name those that they descend from. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/MicroMessenger\//, 'WeChat'],
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/(OPR|Opera)\//, 'Opera'],
  [/QQBrowser\//, 'QQ Browser'],
  [/UC?Browser\//, 'UC Browser'],
  [/HuaweiBrowser\//, 'Huawei Browser'],
  [/MiuiBrowser\//, 'Mi Browser'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/(Firefox|FxiOS)\//, 'Firefox'],
  [/(Chrome|CriOS)\//, 'Chrome'],
  [/Version\/.*Safari\//, 'Safari'],
]
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/OpenHarmony|HarmonyOS/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/iPad/, 'iPad'],
  [/iPhone|iPod/, 'iPhone'],
  [/Windows/, 'Windows'],
  [/Macintosh/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux|X11/, 'Linux'],
]

/** `header`: of `User-Agent`. */
export function agentOf(header: string | undefined): Agent {
  // longer than any browser's own
  const said = (header ?? '').slice(0, 512)
  const among = (names: typeof BROWSERS) => names.find(([pattern]) => pattern.test(said))?.[1] ?? null
  return { browser: among(BROWSERS), system: among(SYSTEMS) }
}

/** Chinese characters in the order of pinyin, as the runtime that builds the client knows it; see `vite.config.ts`. */
declare const PINYIN_ORDER: string

export const PINYIN: string = PINYIN_ORDER

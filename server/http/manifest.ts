/** What a browser needs to install the page as an application, in the name and language of the programme. */
import type { Middleware } from 'koa'
import type { Setting } from '../../shared/domain/world.ts'

const PATH = '/manifest.webmanifest'
/** before a programme is open */
const UNNAMED = { zh: '推行监测', en: 'Rollout' }
/** of the paper in `client/styles/tokens.css` */
const PAPER = '#faf8f4'

const icon = (name: string, size: number, purpose: string) => ({
  src: `/${name}.png`,
  sizes: `${String(size)}x${String(size)}`,
  type: 'image/png',
  purpose,
})
const ICONS = [icon('icon-192', 192, 'any'), icon('icon-512', 512, 'any'), icon('icon-maskable-512', 512, 'maskable')]

/** Open to everybody, as the name on the sign-in page is. */
export function serveManifest(setting: () => Pick<Setting, 'programme'> | null): Middleware {
  return async (ctx, next) => {
    if (ctx.path !== PATH || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return next()
    const programme = setting()?.programme
    const language = programme?.language ?? 'zh'
    const name = (programme?.name ?? UNNAMED)[language]
    ctx.type = 'application/manifest+json'
    ctx.set('Cache-Control', 'no-cache')
    ctx.body = JSON.stringify({
      ...{ id: '/', start_url: '/', scope: '/', display: 'standalone', lang: language === 'zh' ? 'zh-CN' : 'en' },
      ...{ name, short_name: name, background_color: PAPER, theme_color: PAPER, icons: ICONS },
    })
  }
}

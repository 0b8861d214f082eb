/** What browsers are told with every answer: what a page of ours may do and load, and who may have anything to do with it. */
import type { IncomingMessage } from 'node:http'
import helmet from 'koa-helmet'
import type { Middleware } from 'koa'
import { isLoopback } from '../auth/hosts.ts'
import { isSecure, type OriginRule } from '../auth/origin.ts'

/**
 * Scripts and styles are files of ours. What becomes of a text in a page goes through one of two policies: that of Vue, for
 * templates of ours, and the default one, which lets nothing in (`client/public/boot.js`).
 */
const CONTENT = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'"],
  connectSrc: ["'self'"],
  manifestSrc: ["'self'"],
  workerSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
  requireTrustedTypesFor: ["'script'"],
  trustedTypes: ['vue', 'default'],
}

/** What no page of ours uses of a machine; the clipboard alone is left to it. */
const PERMISSIONS = ['camera', 'display-capture', 'geolocation', 'microphone', 'midi', 'payment', 'usb']
  .map((feature) => `${feature}=()`)
  .join(', ')

/** seconds for which a browser that came by TLS comes by nothing else */
const YEAR_S = 365 * 24 * 3_600

export function headers(rule: OriginRule): Middleware {
  // a browser takes no notice of some of them on a page that anybody on the way may have changed, and complains
  const [plain, trustworthy, secure] = ([0, 1, 2] as const).map((trust) =>
    helmet({
      contentSecurityPolicy: { useDefaults: false, directives: CONTENT },
      xFrameOptions: { action: 'deny' },
      strictTransportSecurity: trust === 2 && { maxAge: YEAR_S, includeSubDomains: false },
      crossOriginOpenerPolicy: trust > 0,
      originAgentCluster: trust > 0,
    }),
  ) as [Middleware, Middleware, Middleware]
  const chosen = (request: IncomingMessage) =>
    isSecure(request, rule) ? secure : isLoopback(request.headers.host ?? '') ? trustworthy : plain
  return async (ctx, next) => {
    ctx.set('Permissions-Policy', PERMISSIONS)
    return chosen(ctx.req)(ctx, next)
  }
}
